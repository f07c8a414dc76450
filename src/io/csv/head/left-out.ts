import type { Note } from "../../../core/model.js";
import { listing } from "../errors.js";
import { isMissing } from "../numbers/numbers.js";
import { looksLikeData } from "./dialect.js";

/** Rows below a table that may be left out; more are no footer. */
const MOST = 100;

/** First words of rows that hold sums or means of the rows above. */
const SUMMARIES =
  /^((?:FY ?)?\d{4}[ -]+)?(grand |sub|sub-|running |annual |yearly |year )?(total|totals|sum|average|mean|avg|min|minimum|max|maximum|median|std|summe|gesamt|gesamtsumme|insgesamt|zwischensumme|mittelwert|durchschnitt|somme|totaux|sous-total|moyenne|ensemble|suma|totales|promedio|media|totale|somma|soma|média|totaal|gemiddelde|summa|razem|celkem|yhteensä|итого|всего|合計|合计|总计)\b|^(合計|合计|总计|итого|всего)/iu;

/** Last words of such rows: `Q1 Total`, `Week 5 subtotal`, `Nord gesamt`. */
const SUMMARIES_BEHIND = /(^|[\s/_-])(sub-?)?(totals?|gesamt|insgesamt|summe|suma|totale)[:.]?$/iu;

const REMARKS =
  /^(source|sources|note|notes|quelle|remarks?|footnotes?|legend|updated|last updated|copyright|©|\*|†|\(\w{1,2}\)|\[\w{1,2}\])/iu;

/** A row that is not one of the table, as far as it shows. */
export interface OddRow {
  readonly error: Error;
  readonly line: number;
  /** Its first filled cell, and the name of the column that lies in. */
  readonly text: string;
  readonly name: string;
  /** Cells that are filled, all cells, and columns of the table. */
  readonly filled: number;
  readonly count: number;
  readonly width: number;
  /** Whether its number is the sum of those above. */
  readonly sums: boolean;
  /** Whether its time is empty and its number larger than all above, as that of a total. */
  readonly untimedTotal: boolean;
  /** Whether neither its time nor a number of its can be read. */
  readonly foreign: boolean;
}

export type Kind = "header" | "summary" | "comment" | "footer";

/** Rows that are left out of a table: repeated headers and totals anywhere, remarks below its last row. */
export class LeftOut {
  private readonly rows: { readonly kind: Kind; readonly line: number; readonly text: string }[] = [];
  private pending: OddRow[] = [];

  /** @throws the row's own error, or that of one above, where it cannot be left out. */
  add(row: OddRow): void {
    const kind = kindOf(row);
    if (kind === null || this.pending.length === MOST) throw this.pending[0]?.error ?? row.error;
    if (kind === "footer") this.pending.push(row);
    else this.rows.push({ kind, line: row.line, text: row.text });
  }

  /** Whether rows wait for the end of the file to be footers. */
  get waiting(): boolean {
    return this.pending.length > 0;
  }

  /** A row of the table follows: what waits is no footer. @throws its error. */
  refuse(): never {
    throw this.pending[0]!.error;
  }

  /** At the end of the file, one note a kind. */
  notes(): Note[] {
    const rows = [
      ...this.rows,
      ...this.pending.map(({ line, text }) => ({ kind: "footer" as const, line, text })),
    ];
    return (Object.keys(SENTENCES) as Kind[]).flatMap((kind) => {
      const own = rows.filter((row) => row.kind === kind);
      return own.length === 0 ? [] : [noteOf(kind, own)];
    });
  }
}

const SENTENCES: Readonly<Record<Kind, readonly [code: string, one: string, several: string]>> = {
  header: ["repeated-header", "repeats the header and was left out", "repeat the header and were left out"],
  summary: ["totals-left-out", "sums up other rows and was left out", "sum up other rows and were left out"],
  comment: ["comments-left-out", "is a comment and was left out", "are comments and were left out"],
  footer: ["footer-left-out", "is below the table and was left out", "are below the table and were left out"],
};

function noteOf(kind: Kind, rows: readonly { readonly line: number; readonly text: string }[]): Note {
  const [code, one, several] = SENTENCES[kind];
  const lines = rows.map(({ line }) => line);
  const text = rows[0]!.text;
  const example = kind === "header" || text === "" ? "" : ` (${JSON.stringify(text.slice(0, 60))})`;
  const message =
    rows.length === 1
      ? `Row ${lines[0]}${example} ${one}.`
      : `Rows ${listing(lines.map(String), 5)}${example === "" ? "" : `, the first ${JSON.stringify(text.slice(0, 60))},`} ${several}.`;
  return { code, severity: "info", message, details: { rows: lines.slice(0, 100) } };
}

/** What a row is that is none of the table, as its first filled cell shows; null where it may be one of it. */
export function kindOf({
  text,
  name,
  filled,
  count,
  width,
  sums,
  untimedTotal,
  foreign,
}: Omit<OddRow, "error" | "line">): Kind | null {
  if (text !== "" && text.trim() === name) return "header";
  // Times and numbers, as rows of the table begin with.
  if (/^[\d:.,/TZ -]*\d[\d:.,/TZ -]*$/.test(text) && !untimedTotal && looksLikeData(text)) return null;
  if (isComment(text, filled === 1 || count !== width)) return "comment";
  if (isSummary(text)) return "summary";
  if (untimedTotal) return "footer";
  if (text === "" || looksLikeData(text)) return null;
  if (/^[-+=|_*. ]+$/.test(text)) return "footer";
  if (!/\p{L}{2}/u.test(text) && !REMARKS.test(text)) return null;
  if (REMARKS.test(text) || /\S: \S|:$/.test(text)) return "footer";
  const short = width > 1 && (filled === 1 || count < width);
  return short || sums || foreign ? "footer" : null;
}

/** What is not known of a row whose numbers have not been read. */
export const NO_NUMBERS = { sums: false, untimedTotal: false, foreign: false } as const;

/** Whether a row of a sample is none of the table: left out before it is decided what the columns are. */
export function isBesideTable(row: readonly string[], names: readonly string[], below: boolean): boolean {
  const at = row.findIndex((cell) => cell !== "");
  if (at < 0) return true;
  const shape = {
    text: row[at]!,
    name: names[at] ?? "",
    filled: row.filter((cell) => cell !== "").length,
    count: row.length,
    width: names.length,
  };
  const kind = kindOf({ ...shape, ...NO_NUMBERS });
  return (
    kind === "header" ||
    kind === "comment" ||
    (kind === "summary" && !isOwnSeries(row)) ||
    (kind === "footer" && below)
  );
}

/** Whether the first cell of a row begins a comment: with a blank behind its mark, or alone. */
function isComment(text: string, alone: boolean): boolean {
  return text.startsWith("#") && (alone || /^#+\s/.test(text)) && !isMissing(text);
}

/** Whether a text is the first cell of a row of sums or means. */
export function isSummary(text: string): boolean {
  const words = text.trim();
  return SUMMARIES.test(words) || SUMMARIES_BEHIND.test(words);
}

/** Whether a row called total has a time of its own, as a series of that name has. */
function isOwnSeries(row: readonly string[]): boolean {
  return row.filter(looksLikeData).length > 1;
}
