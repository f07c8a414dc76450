import { dataError } from "../../../core/errors.js";
import { readTime } from "../../../core/time/forms/index.js";
import type { Printed } from "./values.js";

/** A name and its value, `temp=20.5` or `msg="all well"`. */
const PAIR = /(?<=^|\s)([A-Za-z_][\w.]*)=("[^"]*"|\S*)/g;
const NUMBER = /(?:^|\s)[A-Za-z_][\w.]*=-?\d/;

/** A request in the log of a web server. */
const REQUEST = /^\S+ \S+ \S+ \[[^\]]+\] "[A-Z]+ /;

/** Fewest lines that show a log. */
const SHOWN = 3;

/** Most words of a line that its time may take. */
const WORDS = 5;

/**
 * Whether a file is a log whose lines have numbers by their names.
 *
 * @throws YuleError `log-of-requests` for the log of a web server, which has no numbers to forecast.
 */
export function beginsLikeLog(head: string, file: string): boolean {
  const lines = head
    .split(/\r?\n/)
    .slice(0, 20)
    .filter((line) => line.trim() !== "");
  if (
    lines.length >= SHOWN &&
    lines.every((line, i) => REQUEST.test(line) || (i > 0 && i === lines.length - 1))
  )
    throw dataError(
      "log-of-requests",
      file,
      null,
      `${file} is the log of a web server, one line a request; count the requests of each hour or day, and write a table of times and counts.`,
    );
  // The last line may be cut.
  return (
    lines.length >= SHOWN &&
    lines.slice(0, -1).every((line) => NUMBER.test(line) && !/^[^=]*[,;\t]/.test(line))
  );
}

/** The pairs of a log as columns, behind the time that each line begins with and the words between; null where a line has none. */
export function logTable(text: string): Printed | null {
  const lines = text
    .split(/\r?\n/)
    .flatMap((line, i) => (line.trim() === "" ? [] : [{ line, number: i + 1 }]));
  const rows = lines.map(({ line }) => {
    const pairs = [...line.matchAll(PAIR)].map(
      ([, name, value]) => [name!, value!.replace(/^"|"$/g, "")] as const,
    );
    const before = pairs.length === 0 ? "" : line.slice(0, line.search(/(?<=^|\s)[A-Za-z_][\w.]*=/));
    return { ...placed(before.trim()), pairs: new Map(pairs) };
  });
  if (rows.some(({ pairs }) => pairs.size === 0)) return null;
  const names = [...new Set(rows.flatMap(({ pairs }) => [...pairs.keys()]))];
  const timed = rows.every(({ time }) => time !== "");
  const worded = rows.some(({ words }) => words !== "");
  if (!timed && rows.some(({ time }) => time !== "")) return null;
  const csv = [
    [...(timed ? ["time"] : []), ...(worded ? ["text"] : []), ...names],
    ...rows.map(({ time, words, pairs }) => [
      ...(timed ? [time] : []),
      ...(worded ? [words] : []),
      ...names.map((name) => pairs.get(name) ?? ""),
    ]),
  ];
  const quoted = csv.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(","));
  return { csv: `${quoted.join("\n")}\n`, lines: lines.map(({ number }) => number) };
}

/** The time that a text begins with, and the words behind it. */
function placed(text: string): { readonly time: string; readonly words: string } {
  const words = text.split(/\s+/);
  for (let count = Math.min(WORDS, words.length); count > 0; count--) {
    const time = words
      .slice(0, count)
      .join(" ")
      .replace(/^\[(.*)\]:?$/, "$1");
    if (/\d/.test(time) && readTime(time).length > 0) return { time, words: words.slice(count).join(" ") };
  }
  return { time: "", words: text };
}
