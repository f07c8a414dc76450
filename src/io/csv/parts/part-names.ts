import { type NamedUnit, unitNamed } from "../../../core/time/forms/index.js";
import { wordsOf } from "../head/known-names.js";

/** A part of a time that a column of its own can hold. */
export type Part =
  | "year"
  | "quarter"
  | "month"
  | "week"
  | "day"
  | "day-of-year"
  | "hour"
  | "clock"
  | "clock-number"
  | "period"
  | "coded";

/** Names of columns that hold one part of a time, besides the words for units in the languages of the platform. */
const NAMES: Readonly<Record<Part, RegExp>> = {
  year: /^(iso_?)?(year|yr|yyyy|yy)$/,
  quarter: /^(quarter|qtr|q)$/,
  month: /^(month|mon|mo|mm|mnth|mth)(_?(no|num|number|name))?$/,
  week: /^(iso_?)?(week|wk|kw|weeknum|week_?(no|num|number|of_year))$/,
  day: /^(day|dd|dy|dom|day_of_month)$/,
  "day-of-year": /^(doy|yday|day_?of_?year|julian_?day)$/,
  hour: /^(hour|hr|hh|h|he|hour_?ending|hr_?end|hour_?of_?day|delivery_?hour)$/,
  clock: /time|clock|hour|zeit|heure|hora|^ora$|tijd|^tid$|godzina|saat|^čas$|время|час|時刻|시간/,
  "clock-number": /^(hhmm|hrmn|hhmn|time|hour_?minute|hhmm_?utc|utc|zeit|heure|hora)$/,
  period: /period|^sp$|interval|half_?hour|^isp$|^ptu$|quarter_?hour/,
  coded: /^(period|per|freq.*)$/,
};

/** Parts that one word of a longer name shows, such as `fiscal_year`. */
const BY_WORD: readonly Part[] = ["year", "month", "quarter", "week"];

const UNITS: Readonly<Partial<Record<NamedUnit, Part>>> = {
  year: "year",
  quarter: "quarter",
  month: "month",
  week: "week",
  day: "day",
  hour: "hour",
};

/** Whether a column is called after a part of a time. */
export function isNamedPart(part: Part, name: string): boolean {
  const whole = name
    .trim()
    .toLowerCase()
    .replace(/[\s.-]+/g, "_");
  if (NAMES[part].test(whole) || isUnit(part, name.trim())) return true;
  return BY_WORD.includes(part) && wordsOf(name).some((word) => NAMES[part].test(word) || isUnit(part, word));
}

function isUnit(part: Part, word: string): boolean {
  const unit = unitNamed(word);
  return unit !== null && UNITS[unit] === part;
}

/** Whether a column has no name of its own. */
export function isUnnamed(name: string): boolean {
  return /^(column\d+|unnamed(: ?\d+)?)$/i.test(name);
}
