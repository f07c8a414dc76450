import { monthNamed, plain } from "../../../core/time/forms/index.js";

/** The year that a text names: `2021`, `X2021`, `FY2021`, `2021 [YR2021]`; null for another. */
export function yearIn(text: string): string | null {
  const found = /^(?:[XY]|FY|YR)?\s?((?:1[5-9]|20|21)\d\d)(?:\.0|\s*\[YR\d{4}\])?$/i.exec(text.trim());
  return found?.[1] ?? null;
}

/** The month, quarter or ISO week that a text names, as it stands behind a year: `-03`, `-Q2`, `-W07`. */
export function partIn(text: string, kind: "month" | "quarter" | "week"): string | null {
  const word = text.trim();
  if (kind === "quarter") {
    const known = /^(?:Q|QTR|T|Quarter)[ -]?[1-4]$|^[1-4]\.? ?(?:Q|T|Quartal)$/i.test(word);
    return known ? `-Q${/[1-4]/.exec(word)![0]}` : null;
  }
  if (kind === "week") {
    const [, number] = /^(?:W|KW|WK|Week )?(\d{1,2})$/i.exec(word) ?? [];
    return number !== undefined && Number(number) >= 1 && Number(number) <= 53
      ? `-W${number.padStart(2, "0")}`
      : null;
  }
  const numbered = /^(?:M)?(\d{1,2})月?$/i.exec(word)?.[1];
  const month = numbered === undefined ? monthOf(word) : Number(numbered);
  return month >= 1 && month <= 12 ? `-${String(month).padStart(2, "0")}` : null;
}

/** The time of day that a text names, as it stands behind a date: ` 5`, ` 05:30`; null for another. */
export function clockIn(text: string): string | null {
  const word = text.trim();
  const hour = /^(?:H|HE|HR|Hour)?[ _]?(\d{1,2})$/i.exec(word)?.[1];
  if (hour !== undefined) return Number(hour) <= 25 ? ` ${hour}` : null;
  return /^\d{1,2}:\d\d(:\d\d)?$/.test(word) ? ` ${word}` : null;
}

/** Languages whose names of months are known in a table of months and years. */
const LANGUAGES = "en de fr es it pt nl sv da nb fi pl cs tr ru hu el ro hr sk sl uk et lv".split(" ");

let names: ReadonlyMap<string, number> | null = null;

/** The number of a month by its name in one of the languages, 0 for another word. */
function monthOf(word: string): number {
  const bare = plain(word);
  if (!/^\p{L}{3,}$/u.test(bare)) return 0;
  names ??= monthNames();
  return names.get(bare) ?? (/^[^aeiou]{3}$/.test(bare) ? monthNamed(bare) : 0);
}

function monthNames(): ReadonlyMap<string, number> {
  const found = new Map([["sept", 9]]);
  for (const language of LANGUAGES) {
    for (const month of ["long", "short"] as const) {
      const format = new Intl.DateTimeFormat(language, { month, timeZone: "UTC" });
      for (let at = 0; at < 12; at++) {
        const name = plain(format.format(Date.UTC(2024, at, 15)));
        if (!found.has(name)) found.set(name, at + 1);
      }
    }
  }
  return found;
}
