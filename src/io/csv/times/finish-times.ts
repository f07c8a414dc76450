import type { Note } from "../../../core/model.js";
import { zoneNamed } from "../../../core/time/forms/index.js";
import { fixedOffset, formatOffset, offsetAt, requireZone } from "../../../core/time/zone.js";
import { fileError } from "../errors.js";
import type { Table } from "../table.js";
import type { TimeColumn } from "./time-column.js";
import type { TimeChoices, Times, Unplaced } from "./times.js";
import { trackCandidates } from "./track-times.js";
import { wholeCandidates } from "./whole/whole-candidates.js";

/**
 * All readings that fit every cell of a column, with the century of two-digit years, the language of names and the zone
 * settled in each.
 *
 * @throws YuleError `bad-time`, `changing-offsets`, `mixed-offsets`, `bad-zone`.
 */
export function readingsOf(column: TimeColumn, table: Table, choices: TimeChoices): Times[] {
  if (choices.zone !== null) requireZone(choices.zone);
  const found =
    column.whole === null
      ? trackCandidates(column, table, choices)
      : wholeCandidates(column, table, choices.frequency);
  const wanted = choices.reading ?? null;
  const fitting = wanted === null ? found : found.filter(({ reading }) => reading === wanted);
  return (fitting.length === 0 ? found : fitting).map((times) => place(times, column, table, choices.zone));
}

function place({ utc, ...times }: Unplaced, column: TimeColumn, table: Table, zone: string | null): Times {
  if (times.form === "index") return { ...times, instants: null, zone: null };
  if (utc) return { ...times, ...inZone(times.local, zone ?? "UTC") };
  if (times.form !== "date") return { ...times, instants: null, zone: null };
  const offsets = column.offsets?.view();
  const notes = column.zones.size === 0 ? times.notes : [...times.notes, unknownZones(column)];
  const common = { ...times, notes };
  if (offsets === undefined) return { ...common, instants: null, zone };
  const without = offsets.findIndex((offset) => Number.isNaN(offset));
  if (without >= 0) {
    throw fileError(
      "mixed-offsets",
      table.place(without, column.name),
      null,
      "this time has no offset from UTC, others have one; write all in one way.",
    );
  }
  if (zone !== null) {
    const instants = times.local.map((time, row) => time - offsets[row]! * 60_000);
    return { ...common, ...inZone(instants, zone) };
  }
  const first = offsets[0]!;
  const change = offsets.findIndex((offset) => offset !== first);
  if (change < 0) return { ...common, instants: null, zone: first === 0 ? "UTC" : formatOffset(first) };
  throw fileError(
    "changing-offsets",
    table.place(change, column.name),
    offsets[change],
    `the offset from UTC changes here from ${formatOffset(first)} to ${formatOffset(offsets[change]!)}; name the zone whose clocks do so, e.g. --zone ${zoneFor(times.style)}.`,
  );
}

/** Zones that many files are from, taken before others of the same names. */
const LARGE = /\/(New_York|Chicago|Denver|Los_Angeles|London|Berlin|Sydney|Auckland)$/;

/** A zone whose clocks have the names in a style; one of central Europe where it has none. */
function zoneFor(style: string): string {
  const names =
    /\{zone ([^}]*)\}/
      .exec(style)?.[1]
      ?.split(",")
      .map((pair) => pair.split(":")[1]!) ?? [];
  const zones = names.map((name) => zoneNamed(name)?.zones ?? []);
  const common = (zones[0] ?? []).filter((zone) => zones.every((own) => own.includes(zone)));
  return common.find((zone) => LARGE.test(zone)) ?? common[0] ?? "Europe/Berlin";
}

/** Instants as local times of a zone. */
function inZone(instants: Float64Array, zone: string): Pick<Times, "local" | "instants" | "zone"> {
  const local = instants.map((instant) => instant + offsetAt(zone, instant));
  return { local, instants: fixedOffset(zone) === null ? instants : null, zone };
}

function unknownZones(column: TimeColumn): Note {
  const names = [...column.zones].join(", ");
  return {
    code: "zone-unknown",
    severity: "warning",
    message: `The zone ${names} stands for several offsets from UTC; the times of ${column.name} are read as written: name the zone with --zone, e.g. --zone Asia/Kolkata.`,
    details: { zones: [...column.zones] },
  };
}
