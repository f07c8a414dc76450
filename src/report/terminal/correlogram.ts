import type { Colors } from "./colors.js";

/** Correlations by lag, drawn as bars. */
export interface Bars {
  /** Stands above this and the next correlograms of the same group; "" for none. */
  readonly group: string;
  readonly title: string;
  readonly lags: readonly number[];
  readonly values: readonly number[];
  /** Half the width of the band that means nothing. */
  readonly band: number;
}

const EIGHTHS = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"] as const;
const LAG = 5;
const NUMBER = 7;

/** A correlogram takes at least this many characters. */
const LEAST = 17;

/** Correlograms, as many side by side as the width has room for, the others below them. */
export function correlograms(all: readonly Bars[], width: number, paint: Colors): string {
  const room = Math.max(1, Math.floor((width - LAG) / LEAST));
  const count = Math.ceil(all.length / Math.ceil(all.length / room));
  const lines = Array.from({ length: Math.ceil(all.length / count) }, (_, at) =>
    sideBySide(all.slice(at * count, (at + 1) * count), width, paint),
  );
  return lines.join("\n");
}

/** Correlograms side by side, one row a lag: bars to the right of the middle are positive; those beyond the band are coloured. */
function sideBySide(all: readonly Bars[], width: number, paint: Colors): string {
  const each = Math.floor((width - LAG) / all.length);
  const half = Math.max(4, Math.floor((each - NUMBER - 3) / 2));
  const heads = all.map(({ title, band }) => {
    const text = `${title} (±${band.toFixed(2)})`;
    const indent = Math.max(0, Math.min(NUMBER + 1, each - text.length - 1));
    return `${" ".repeat(indent)}${paint.bold(text)}${" ".repeat(Math.max(0, each - indent - text.length))}`;
  });
  const groups = all.map(({ group }, at) => {
    const text = group === all[at - 1]?.group ? "" : group;
    return text === "" ? " ".repeat(each) : `${" ".repeat(2)}${text}`.padEnd(each);
  });
  const rows = all[0]!.lags.map((lag, at) => {
    const cells = all.map(({ values, band }) => cell(values[at] ?? Number.NaN, band, half, each, paint));
    return `${paint.dim(String(lag).padStart(LAG - 1))} ${cells.join("")}`.trimEnd();
  });
  const above = all.some(({ group }) => group !== "") ? [groupLine(groups, each).slice(0, width)] : [];
  return `${[...above, `${" ".repeat(LAG)}${heads.join("")}`.trimEnd(), ...rows].join("\n")}\n`;
}

/** Titles of groups, each running on over the empty places after it. */
function groupLine(groups: readonly string[], each: number): string {
  const line = groups.reduce((text, group, at) => {
    const from = LAG + at * each;
    return group.trim() === "" ? text : `${text.padEnd(from).slice(0, from)}${group}`;
  }, "");
  return line.trimEnd();
}

function cell(value: number, band: number, half: number, width: number, paint: Colors): string {
  if (Number.isNaN(value)) return " ".repeat(width);
  const size = Math.min(1, Math.abs(value)) * half;
  const full = "█".repeat(Math.floor(size));
  const ink = Math.abs(value) > band ? paint.cyan : paint.dim;
  const edge = EIGHTHS[Math.floor(8 * (size - Math.floor(size)))]!;
  const right = value >= 0 ? full + edge : "";
  const left = value < 0 ? "█".repeat(Math.round(size)) : "";
  const number = value.toFixed(3).padStart(NUMBER);
  const rest = width - NUMBER - 2 - half - right.length;
  return `${number} ${" ".repeat(half - left.length)}${ink(left)}${paint.dim("│")}${ink(right)}${" ".repeat(Math.max(0, rest))}`;
}
