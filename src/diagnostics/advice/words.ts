import { timeLabel } from "../../core/time/calendar.js";
import type { TimeAxis } from "../../core/time/time.js";

/** A number of steps as people say it: `12 months`, `96 steps of 15 minutes`, `12 values` where there are no dates. */
export function steps(count: number, time: TimeAxis | null): string {
  const number = Number.isInteger(count) ? String(count) : count.toFixed(1);
  if (time === null || time.frequency.unit === "index")
    return `${number} ${count === 1 ? "value" : "values"}`;
  const unit = time.frequency.unit.replace("-", " ");
  if (time.frequency.count !== 1) return `${number} steps of ${time.frequency.count} ${unit}s`;
  return `${number} ${unit}${count === 1 ? "" : "s"}`;
}

/** The time of a value as the input wrote it, or its number from 1 where there are no dates. */
export function when(index: number, time: TimeAxis | null): string {
  return time === null || time.frequency.unit === "index" ? `value ${index + 1}` : timeLabel(time, index);
}

/** `p = 0.0177` or `p < 0.0001`, with the digits of the table of tests. */
export function probability(p: number): string {
  return p < 1e-4 ? "p < 0.0001" : `p = ${p.toFixed(4)}`;
}

/** To four significant digits, without exponents where it can be helped. */
export function amount(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e9)) return value.toExponential(2);
  const digits = size === 0 ? 0 : Math.max(0, 3 - Math.floor(Math.log10(size)));
  return String(Number(value.toFixed(Math.min(8, digits))));
}

export function percent(share: number): string {
  const value = 100 * share;
  return `${value >= 10 || value === 0 ? value.toFixed(0) : value.toPrecision(2)} %`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(parts: readonly string[]): string {
  return parts.length < 2
    ? (parts[0] ?? "")
    : `${parts.slice(0, -1).join(", ")} and ${parts[parts.length - 1]}`;
}
