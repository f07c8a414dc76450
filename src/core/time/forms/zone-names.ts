import { offsetAt } from "../zone.js";

/** English variants, which differ in the zones whose names they shorten. */
const VARIANTS = ["en-US", "en-GB", "en-IE", "en-CA", "en-AU", "en-NZ", "en-IN", "en-ZA"];

/** A name such as EST: its offsets in minutes, and zones whose clocks it names. */
export interface ZoneName {
  readonly offsets: ReadonlySet<number>;
  readonly zones: readonly string[];
}

const names = new Map<string, ZoneName | null>();

/**
 * Offsets that a short name of a zone stands for, from the names of all zones in the `Intl` of the platform. The first
 * look at a name takes some hundred milliseconds, so that only times with such a name pay for it.
 */
export function zoneNamed(name: string): ZoneName | null {
  const known = names.get(name);
  if (known !== undefined) return known;
  const offsets = new Set<number>();
  const zones: string[] = [];
  for (const zone of Intl.supportedValuesOf("timeZone")) {
    const instants = [Date.UTC(2023, 0, 15), Date.UTC(2023, 6, 15)];
    const fitting = instants.filter((instant) => namesAt(zone, instant).has(name));
    for (const instant of fitting) offsets.add(offsetAt(zone, instant) / 60_000);
    if (fitting.length > 0) zones.push(zone);
  }
  const found = offsets.size === 0 ? null : { offsets, zones };
  names.set(name, found);
  return found;
}

const shortNames = new Map<string, ReadonlySet<string>>();

function namesAt(zone: string, instant: number): ReadonlySet<string> {
  const key = `${zone} ${instant}`;
  const known = shortNames.get(key);
  if (known !== undefined) return known;
  const found = new Set<string>();
  for (const variant of VARIANTS) {
    const format = new Intl.DateTimeFormat(variant, { timeZone: zone, timeZoneName: "short" });
    const name = format.formatToParts(instant).find(({ type }) => type === "timeZoneName")?.value;
    if (name !== undefined) found.add(name);
  }
  shortNames.set(key, found);
  return found;
}
