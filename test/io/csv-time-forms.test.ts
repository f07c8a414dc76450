import { describe, expect, test } from "vitest";
import { formatFrequency } from "../../src/core/time/calendar.js";
import { parseCsv } from "../../src/io/csv/parse-csv.js";
import { labelsOf, lines } from "./csv-cases.js";

/** Times as a file has them, their frequency, and the label that follows. */
interface Case {
  readonly name: string;
  readonly cells: readonly string[];
  readonly frequency: string;
  readonly next: string;
}

const at = (start: number, step: number, n: number, write: (date: Date, i: number) => string) =>
  Array.from({ length: n }, (_, i) => write(new Date(start + i * step), i));

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const pad = (value: number) => String(value).padStart(2, "0");
const JANUARY = Date.UTC(2023, 0, 20, 20);

/** `n` months from January 2023 as a language writes them. */
const months = (language: string, options: Intl.DateTimeFormatOptions, n: number) =>
  Array.from({ length: n }, (_, m) =>
    new Intl.DateTimeFormat(`${language}-u-ca-gregory-nu-latn`, { ...options, timeZone: "UTC" }).format(
      Date.UTC(2023, m, 1),
    ),
  );
const monthCase = (language: string, options: Intl.DateTimeFormatOptions): Case => {
  const all = months(language, options, 15);
  return { name: `${language} ${options.month}`, cells: all.slice(0, 14), frequency: "M", next: all[14]! };
};

const quarters = (write: (year: number, quarter: number) => string, n: number) =>
  Array.from({ length: n }, (_, i) => write(2019 + Math.floor(i / 4), (i % 4) + 1));
const quarterCase = (write: (year: number, quarter: number) => string): Case => {
  const all = quarters(write, 10);
  return { name: all[0]!, cells: all.slice(0, 9), frequency: "Q", next: all[9]! };
};
const hourCase = (write: (date: Date) => string, step = HOUR): Case => {
  const all = at(JANUARY, step, 41, write);
  return { name: all[0]!, cells: all.slice(0, 40), frequency: step === HOUR ? "H" : "D", next: all[40]! };
};
const yearCase = (write: (year: number) => string, frequency = "Y"): Case => {
  const all = Array.from({ length: 9 }, (_, i) => write(1998 + i));
  return { name: all[0]!, cells: all.slice(0, 8), frequency, next: all[8]! };
};

const iso = (date: Date) => date.toISOString();
const day = (date: Date) => iso(date).slice(0, 10);
const clock = (date: Date) => iso(date).slice(11, 16);
const english = (date: Date, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat("en-US", { ...options, timeZone: "UTC" }).format(date).replaceAll("\u202f", " ");
const dmy = (date: Date) =>
  `${pad(date.getUTCDate())}.${pad(date.getUTCMonth() + 1)}.${date.getUTCFullYear()}`;
const half = (date: Date) => `${date.getUTCHours() % 12 === 0 ? 12 : date.getUTCHours() % 12}`;
const later = (date: Date, ms: number) => new Date(date.getTime() + ms);

const CASES: readonly Case[] = [
  ...["de", "fr", "es", "it", "nl", "pl", "ru", "sv", "da", "fi", "cs", "tr", "el", "uk", "zu", "sw"].flatMap(
    (language) => [
      monthCase(language, { month: "long", year: "numeric" }),
      monthCase(language, { month: "short", year: "numeric" }),
    ],
  ),
  monthCase("pt", { month: "long", year: "numeric" }),
  monthCase("ja", { month: "long", year: "numeric" }),
  monthCase("ko", { month: "long", year: "numeric" }),
  {
    name: "Mär 23",
    cells: ["Dez 22", "Jan 23", "Feb 23", "Mär 23", "Apr 23"],
    frequency: "M",
    next: "Mai 23",
  },
  {
    name: "2023 Mär",
    cells: ["2022 Dez", "2023 Jan", "2023 Feb", "2023 Mär"],
    frequency: "M",
    next: "2023 Apr",
  },
  { name: "jan/23", cells: ["nov/22", "dez/22", "jan/23", "fev/23"], frequency: "M", next: "mar/23" },
  { name: "19-Jan", cells: ["18-Nov", "18-Dec", "19-Jan", "19-Feb"], frequency: "M", next: "19-Mar" },
  quarterCase((year, q) => `${q}Q${year % 100}`),
  quarterCase((year, q) => `Q${q}/${year % 100}`),
  quarterCase((year, q) => `Q${q} '${year % 100}`),
  quarterCase((year, q) => `${year}T${q}`),
  quarterCase((year, q) => `${year}K${q}`),
  quarterCase((year, q) => `T${q} ${year}`),
  quarterCase((year, q) => `${q}T${year % 100}`),
  quarterCase((year, q) => `${q}. Quartal ${year}`),
  quarterCase((year, q) => `${year}-Q${q}`),
  quarterCase((year, q) => `${year}-${q}`),
  quarterCase((year, q) => `${year}${q}`),
  quarterCase((year, q) => `FY${year % 100} Q${q}`),
  quarterCase((year, q) => `${["I", "II", "III", "IV"][q - 1]}/${year}`),
  quarterCase((year, q) => `${year}年第${q}季度`),
  yearCase((year) => `${year}/${pad((year + 1) % 100)}`),
  yearCase((year) => `${year}-${pad((year + 1) % 100)}`),
  yearCase((year) => `${year}/${year + 1}`),
  yearCase((year) => `FY${year}`),
  { name: "2010H1", cells: ["2010H1", "2010H2", "2011H1", "2011H2"], frequency: "2Q", next: "2012H1" },
  { name: "H1 2010", cells: ["H1 2010", "H2 2010", "H1 2011"], frequency: "2Q", next: "H2 2011" },
  { name: "202351", cells: ["202351", "202352", "202401", "202402"], frequency: "W", next: "202403" },
  { name: "2023-W51", cells: ["2023-W51", "2023-W52", "2024-W01"], frequency: "W", next: "2024-W02" },
  { name: "KW 51 2023", cells: ["KW 51 2023", "KW 52 2023", "KW 1 2024"], frequency: "W", next: "KW 2 2024" },
  { name: "2023-51", cells: ["2023-50", "2023-51", "2023-52", "2024-01"], frequency: "W", next: "2024-02" },
  hourCase((date) => iso(date).replace(/[-:]|\.000/g, "")),
  hourCase((date) => `${day(date)} ${clock(date)}:00 EST`),
  hourCase((date) => `${day(date)} ${clock(date)}:00 +0000 UTC`),
  hourCase((date) => `${day(date)} ${clock(date)} GMT`),
  hourCase((date) => `${dmy(date)} ${clock(date)} - ${dmy(later(date, HOUR))} ${clock(later(date, HOUR))}`),
  hourCase((date) => `${day(date)}T${clock(date)}Z/${day(later(date, HOUR))}T${clock(later(date, HOUR))}Z`),
  hourCase((date) => `${day(date)} ${half(date)} ${date.getUTCHours() < 12 ? "a.m." : "p.m."} PDT`),
  hourCase((date) => `${day(date)} ${half(date)}:00 ${date.getUTCHours() < 12 ? "AM" : "PM"}`),
  hourCase((date) =>
    english(date, { month: "short", day: "numeric", year: "numeric", hour: "numeric", minute: "2-digit" }),
  ),
  hourCase((date) =>
    date
      .toString()
      .replace(/GMT.*$/, "GMT+0000 (Coordinated Universal Time)")
      .replace(
        /^.*$/,
        () =>
          `${english(date, { weekday: "short" })} ${english(date, { month: "short" })} ${pad(date.getUTCDate())} ${date.getUTCFullYear()} ${clock(date)}:00 GMT+0000 (Coordinated Universal Time)`,
      ),
  ),
  hourCase((date) => date.toUTCString()),
  hourCase((date) => date.toUTCString().replace("GMT", "+0000")),
  hourCase(
    (date) =>
      `${pad(date.getUTCDate())}/${english(date, { month: "short" })}/${date.getUTCFullYear()}:${clock(date)}:00 +0000`,
  ),
  hourCase(
    (date) =>
      `[${pad(date.getUTCDate())}/${english(date, { month: "short" })}/${date.getUTCFullYear()}:${clock(date)}:00 +0000]`,
  ),
  hourCase((date) => day(date).replaceAll("-", "") + pad(date.getUTCHours())),
  hourCase((date) => day(date).replaceAll("-", "") + clock(date).replace(":", "")),
  hourCase((date) => `${day(date).replaceAll("-", "")}${clock(date).replace(":", "")}00`),
  hourCase((date) => String(date.getTime() / 1000)),
  hourCase((date) => String(date.getTime())),
  hourCase((date) => `${date.getTime()}000`),
  hourCase((date) => `${date.getTime()}000000`),
  hourCase((date) => day(date).slice(2), DAY),
  hourCase((date) => String(Math.floor(date.getTime() / DAY) + 25_569), DAY),
  hourCase((date) => english(date, { day: "numeric", month: "long", year: "numeric", weekday: "long" }), DAY),
];

const file = (cells: readonly string[], header = true) =>
  lines(...(header ? ["date;y"] : []), ...cells.map((cell, i) => `"${cell}";${i + 0.5}`));

describe("law of forms: times written in a form are read back, and go on in it", () => {
  test.each(CASES)("$name", async ({ cells, frequency, next }) => {
    const { panel, decisions } = await parseCsv(file(cells));
    expect(formatFrequency(decisions.frequency!)).toBe(frequency);
    const labels = labelsOf(panel[0]!, 1);
    expect(labels.map((label) => label.replace("EDT", "EST"))).toEqual([...cells, next]);
  });

  test.each(CASES)("$name, newest first", async ({ cells, next }) => {
    const { panel } = await parseCsv(file([...cells].reverse()));
    expect(labelsOf(panel[0]!, 1).at(-1)).toBe(next);
    expect(panel[0]!.y[0]).toBe(cells.length - 0.5);
  });

  test.each(CASES.filter(({ cells }) => cells.length > 4))("$name, with a gap", async ({ cells, next }) => {
    const { panel } = await parseCsv(file(cells.filter((_, i) => i !== 1)));
    expect(panel[0]!.y.length).toBe(cells.length);
    expect(panel[0]!.y[1]).toBeNaN();
    expect(labelsOf(panel[0]!, 1).at(-1)).toBe(next);
  });

  test.each(CASES)("$name, without a header", async ({ cells, next }) => {
    const { panel } = await parseCsv(file(cells, false));
    expect(labelsOf(panel[0]!, 1).at(-1)).toBe(next);
  });
});
