import type { Grain } from "./reading.js";
import { Template } from "./templates.js";

/** A form of dates that is read from text: the one table of them. */
export interface DateForm {
  readonly key: string;
  /** What the form is, as messages and docs call it. */
  readonly name: string;
  readonly grain: Grain;
  /** Ways of writing it. */
  readonly templates: readonly Template[];
  /** Cells written so, each read in this form. */
  readonly examples: readonly string[];
  /**
   * Where another form reads a column too and both have a step, a rare form gives way to a usual one; between forms of
   * one rank the columns has to decide.
   */
  readonly rank: number;
  /** What words in it have to be for the form to apply. */
  readonly words?: "quarter" | "half" | "week" | "fiscal";
}

function form(
  key: string,
  name: string,
  grain: Grain,
  templates: readonly string[],
  examples: string,
  more: { rank?: number; words?: DateForm["words"] } = {},
): DateForm {
  const rest = more.words === undefined ? {} : { words: more.words };
  return {
    key,
    name,
    grain,
    templates: templates.map((text) => new Template(text)),
    examples: examples.split(" | "),
    rank: more.rank ?? 0,
    ...rest,
  };
}

/** A word with a point or without, and what may stand between two pieces. */
const WORD = "\\p{L}[\\p{L}\\p{M}]*\\.?";
const GAP = "[-/ .,_':]*";
const FISCAL = "(?:(?:FY|AY|CY|SY|MY) ?)?";
const OF = "(?: de | of |\\. |[-/ .,_]*)";
const YEAR_END = "(?: ?(?:г|р|год|r)\\.?)?";
const ORDINAL = "(?:st|nd|rd|th|er|re|e|ème|[ºª°]|\\.|-й|-ий)?";

/** All forms of dates in text. Forms of digits alone are in `whole.ts`, times of day in `clock.ts`. */
export const DATE_FORMS: readonly DateForm[] = [
  form(
    "ymd",
    "year, month, day",
    "date",
    ["{Y}[-/._ ]{M}{=}{D}\\.?", "{Y}\\. {M}\\. {D}\\.?", "{Y}年 ?{M}月 ?{D}日", "{Y}년 ?{M}월 ?{D}일"],
    "2024-01-31 | 2024/1/31 | 2024.01.31 | 2024年1月31日",
  ),
  form("ymd-basic", "year, month, day without marks", "date", ["{YYYY}{MM}{DD}"], "20240131"),
  form(
    "dmy",
    "day, month, year",
    "date",
    ["{D}[-/._ ]{M}{=}{Y}\\.?", "{D}[-/._]{M}{=}{y}\\.?", "{D}\\. {M}\\. {Y}"],
    "31/01/2024 | 31.1.2024 | 31-01-24",
  ),
  form(
    "mdy",
    "month, day, year",
    "date",
    ["{M}[-/_ ]{D}{=}{Y}", "{M}[-/_]{D}{=}{y}"],
    "01/31/2024 | 1-31-24",
  ),
  form(
    "mdy-points",
    "month, day, year with points",
    "date",
    ["{M}\\.{D}\\.{Y}", "{M}\\.{D}\\.{y}"],
    "01.31.2024",
    { rank: 1 },
  ),
  form("ymd-short", "two-digit year, month, day", "date", ["{y}[-/]{M}{=}{D}"], "24-01-31 | 24/01/31"),
  form(
    "ymd-short-points",
    "two-digit year, month, day with points",
    "date",
    ["{y}\\.{M}\\.{D}\\.?"],
    "24.01.31",
    { rank: 1 },
  ),
  form(
    "day-name",
    "day, name of the month, year",
    "date",
    [`{D}${ORDINAL}${OF}{N}${OF}{Y}${YEAR_END}`, `{D}${ORDINAL}[-/ .]*{N}[-/ ,]*{y}`],
    "31 Jan 2024 | 31-JAN-24 | 31. März 2024 | 31 de enero de 2024",
  ),
  form(
    "name-day",
    "name of the month, day, year",
    "date",
    ["{N}[-/ ]+{D}(?:st|nd|rd|th)?[-/ ,]+{Y}", "{N}[-/ ]+{D}(?:st|nd|rd|th)?,[ ]?{y}"],
    "Jan 31, 2024 | January 31st, 2024",
  ),
  form(
    "year-name-day",
    "year, name of the month, day",
    "date",
    ["{Y}[-/ ]{N}{=}{D}", "{Y}\\. {N} {D}\\.?"],
    "2024-Jan-31 | 2024. január 31.",
  ),
  form("day-of-year", "year and day of the year", "date", ["{YYYY}[-/ ]{JJJ}", "{YYYY}-D{J}"], "2024-031"),
  form(
    "month",
    "year and month",
    "month",
    [
      "{YYYY}(?:[-/:_.]|\\s*M|\\s|-M){M}",
      "{YYYY}年 ?{M}月",
      "{YYYY}년 ?{M}월",
      "{YYYY}[- /]{M}[月월]",
      "{YYYY}\\. ?{M}\\.?",
      "{M}[-/.]{YYYY}",
      "M{M}[-/ ]?{YYYY}",
      "{YYYY}MM{MM}",
      "0{MM}[-/.]{YYYY}",
    ],
    "2024-01 | 2024M01 | 01/2024 | 2024年1月",
  ),
  form(
    "month-name",
    "name of the month and year",
    "month",
    [`{N}${OF}{Y}${YEAR_END}`, "{N}[-/' ]+{y}", `{N}{y}`, "{Y}[-/ ._]*{N}", "{Y}\\. (?:g\\. )?{N}"],
    "Jan 2024 | Jan-24 | janv. 2024 | 2024 März | janeiro de 2024",
  ),
  form("year-month-name", "two-digit year and name of the month", "month", ["{y}[-/ ]{N}"], "24-Jan"),
  form(
    "quarter",
    "quarter and year",
    "quarter",
    [
      `${FISCAL}{Y}${GAP}${WORD} ?{Q}`,
      `(?:FY)?{y}${GAP}${WORD}{Q}`,
      `${WORD} ?{Q}${GAP}${FISCAL}{Y}`,
      `${WORD} ?{Q}${GAP}${FISCAL}{y}`,
      `{Q}${ORDINAL} ?${WORD}${GAP}(?:of |de |del )?${FISCAL}{Y}`,
      `{Q}${ORDINAL} ?${WORD}${GAP}${FISCAL}{y}`,
      `{Y}${GAP}{Q}${ORDINAL} ?${WORD}`,
      "{YYYY}-Q0{Q}",
      `{YYYY}${WORD}0{Q}`,
      `{Y}年?第?{Q}(?:季度|四半期)`,
      `第{Q}(?:季度|四半期) ?{Y}年?`,
      `{Y}년 ?{Q}분기`,
    ],
    "2024 Q1 | Q1 2024 | 1Q24 | Q1/24 | Q1 '24 | 2024T1 | 2024K1 | 1. Quartal 2024 | FY24 Q1",
    { words: "quarter" },
  ),
  form(
    "quarter-roman",
    "quarter as a Roman number and year",
    "quarter",
    [`{R}[-/ .]+{Y}`, `{R}\\.? ${WORD}[ /-]*{Y}`, `{Y}[-/ .]+{R}`, `{Y}[-/ .]+{R}\\.? ${WORD}`],
    "I/2024 | 2024-IV | II kw. 2024",
    { words: "quarter" },
  ),
  form(
    "quarter-number",
    "year and number of the quarter",
    "quarter",
    ["{YYYY}[-:/.]{Q}"],
    "2024-1 to 2024-4",
    { rank: 1 },
  ),
  form(
    "half",
    "half of a year",
    "half",
    [
      `${FISCAL}{Y}${GAP}${WORD} ?{H}`,
      `${WORD} ?{H}${GAP}${FISCAL}{Y}`,
      `${WORD} ?{H}${GAP}${FISCAL}{y}`,
      "{YYYY}-S0{H}",
      `{H}${ORDINAL} ?${WORD}${GAP}${FISCAL}{Y}`,
      `{H}${WORD}${GAP}${FISCAL}{y}`,
    ],
    "2024H1 | H1 2024 | 1H24 | 2024-S2",
    { words: "half" },
  ),
  form("half-number", "year and number of the half", "half", ["{YYYY}[-:/.]{H}"], "2024-1 to 2024-2", {
    rank: 1,
  }),
  form(
    "week",
    "ISO year and week",
    "week",
    [
      `{YYYY}${GAP}${WORD} ?{W}`,
      `{YYYY}[- ]?W{WW}-?{E}`,
      `${WORD} ?{W}${GAP}{YYYY}`,
      `{W}${ORDINAL} ?${WORD}${GAP}{YYYY}`,
      `${WORD} ?{W}[-/' ]+{y}`,
      `{YYYY}[-/]{W} ${WORD}`,
      `{YYYY}年第{W}[周週]`,
    ],
    "2024-W05 | 2024W05 | W5 2024 | KW 5/2024 | 2024v05",
    { words: "week" },
  ),
  form(
    "week-number",
    "year and number of the week",
    "week",
    ["{YYYY}[-/.]{W}", "{W}[-/.]{YYYY}"],
    "2024-52",
    { rank: 1 },
  ),
  form(
    "school-year",
    "two years that follow each other",
    "year",
    [`${FISCAL}{YYYY} ?[-/–] ?${FISCAL}{X}`, "(?:FY|AY|SY|CY)[- ]?{y} ?[-/–] ?{X}"],
    "2023/24 | 2023-24 | 2023/2024 | FY2023/24 | FY23-24",
    { rank: 1 },
  ),
  form(
    "fiscal-year",
    "year with a mark",
    "year",
    ["(?:FY|CY|AY|SY|MY)[- ]?{YYYY}", "(?:FY|CY|AY|SY|MY)[- ]?{y}", "{YYYY}年度?", `{YYYY} (?:г|р|год)\\.?`],
    "FY2024 | FY24 | 2024年",
  ),
];
