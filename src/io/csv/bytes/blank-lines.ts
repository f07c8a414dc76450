import { isMissing } from "../numbers/numbers.js";
import { decodeText } from "./encoding.js";

/** Bytes and lines of a file looked at. */
const BYTES = 1 << 14;
const LINES = 80;

/** Least lines that show columns, and the share of them that has to have the same number of cells. */
const SHOWN = 3;
const MOST = 0.85;

const TOKEN = /"[^"]*"|\S+/g;
const WIDE_TOKEN = /"[^"]*"|\S+(?: \S+)*/g;

/** How the columns of a table with blanks between them are cut. */
export interface BlankLayout {
  readonly width: number;
  /** Whether one blank separates two cells, or it takes two. */
  readonly token: RegExp;
  /** Where the cells of each column begin and end, where those of all lines do; -1 elsewhere. */
  readonly begins: readonly number[];
  readonly ends: readonly number[];
}

/** What pandas, R and SQL print below a table. */
const BELOW = /^\s*(?:Freq:|Name:|Length:|dtype:|\[\d+ rows|\(\d+ rows?|# )/;

/** Dates whose comma separates no columns. */
const DATE_WITH_COMMA = /\p{L}{3,}\.? \d{1,2}, \d{4}/u;

interface Token {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/**
 * The layout of a file whose columns are set apart by blanks, as R and SQL print tables and as fixed width files have them; null for
 * another: one with a delimiter, or of one column.
 *
 * @param isData whether a text is a number or a time.
 */
export function blankLayout(first: Uint8Array, isData: (text: string) => boolean): BlankLayout | null {
  const head = first.subarray(0, BYTES);
  if (head.includes(0) || !head.includes(32)) return null;
  const text = decodeText(head);
  const all = text.slice(0, first.length > BYTES ? text.lastIndexOf("\n") + 1 : undefined).split(/\r?\n/);
  const filled = all.filter((line) => line.trim() !== "" && !line.startsWith("#"));
  while (filled.length > SHOWN && BELOW.test(filled.at(-1)!)) filled.pop();
  const lines = filled.slice(0, LINES);
  const body = lines.slice(-Math.max(SHOWN, Math.ceil(0.8 * (lines.length - 1))));
  const undated = body.map((line) => line.replace(DATE_WITH_COMMA, ""));
  if (lines.length < SHOWN || undated.some((line) => /[;|\t]|,\s*[^\d\s]|,\s+\S|\d,\d+,/.test(line)))
    return null;
  if (haveCommas(undated)) return null;
  const whole = body.filter((line) => isData(line.trim()) && !/\S {2,}\S/.test(line)).length;
  if (whole > 0.5 * body.length && tokensOf(lines[0]!, TOKEN).length < 2) return null;
  if (whole > 0.5 * body.length && isData(lines[0]!.trim())) return null;
  const [narrow, wide] = [layoutBy(body, TOKEN, isData), layoutBy(body, WIDE_TOKEN, isData)];
  return narrow !== null && (wide === null || isHeaded(lines[0]!, narrow) || !isHeaded(lines[0]!, wide))
    ? narrow
    : wide;
}

/** Whether a line has a cell for each column, or for each but that of row names. */
function isHeaded(line: string, { width, token }: BlankLayout): boolean {
  const { length } = tokensOf(line, token);
  return length === width || length === width - 1;
}

/** Whether commas separate cells: as many in each line, and nowhere two blanks. */
function haveCommas(body: readonly string[]): boolean {
  const counts = new Set(body.map((line) => line.split(",").length - 1));
  return counts.size === 1 && !counts.has(0) && !body.some((line) => /\S {2,}\S/.test(line));
}

function layoutBy(
  body: readonly string[],
  token: RegExp,
  isData: (text: string) => boolean,
): BlankLayout | null {
  const cut = body.map((line) => tokensOf(line, token));
  const width = cut.reduce((most, { length }) => Math.max(most, length), 0);
  const full = cut.filter(({ length }) => length === width);
  if (width < 2 || full.length < SHOWN) return null;
  const edges = (edge: "from" | "to") =>
    Array.from({ length: width }, (_, column) => {
      const place = full[0]![column]![edge];
      return full.every((tokens) => tokens[column]![edge] === place) ? place : -1;
    });
  const layout = { width, token, begins: edges("from"), ends: edges("to") };
  const fitting = cut.filter((tokens) => placed(tokens, layout) !== null);
  const cells = full.flat().map(({ text }) => text);
  const data = cells.filter((cell) => isMissing(cell) || isData(cell)).length;
  return fitting.length >= MOST * cut.length && data >= 0.5 * cells.length ? layout : null;
}

function tokensOf(line: string, token: RegExp): Token[] {
  return [...line.matchAll(token)].map(({ 0: text, index }) => ({
    text,
    from: index,
    to: index + text.length,
  }));
}

/** The cells of a line; null where some are missing and it does not show which. */
function placed(tokens: readonly Token[], { width, begins, ends }: BlankLayout): string[] | null {
  if (tokens.length === width) return tokens.map(({ text }) => text);
  const cells = new Array<string>(width).fill("");
  for (const { text, from, to } of tokens) {
    const column = cells.findIndex((_, at) => begins[at] === from || ends[at] === to);
    if (column < 0 || cells[column] !== "") return null;
    cells[column] = text;
  }
  return cells;
}

/** The chunks of such a file with tabs between its cells, line by line. */
export async function* withTabs(
  chunks: AsyncIterable<Uint8Array>,
  layout: BlankLayout,
): AsyncGenerator<Uint8Array> {
  let rest = "";
  let named = false;
  const cut = (line: string): string => {
    if (BELOW.test(line)) return line;
    const tokens = tokensOf(line.startsWith("#") ? ` ${line.slice(1)}` : line, layout.token);
    const comment = line.startsWith("#") ? "#" : "";
    // A header of one name less stands behind a column of row names.
    const behind = !named && comment === "" && tokens.length === layout.width - 1;
    if (tokens.length > 0 && comment === "") named = true;
    const cells =
      tokens.length === layout.width ? null : comment === "" && !behind ? placed(tokens, layout) : null;
    return `${comment}${behind ? "\t" : ""}${(cells ?? tokens.map(({ text }) => text)).join("\t")}`;
  };
  for await (const chunk of chunks) {
    const lines = (rest + latin1Of(chunk)).split("\n");
    rest = lines.pop()!;
    if (lines.length > 0) yield bytesOf(`${lines.map(cut).join("\n")}\n`);
  }
  if (rest !== "") yield bytesOf(cut(rest));
}

/** Bytes as characters of the same numbers, so that text of any encoding passes through. */
function latin1Of(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) {
    text += String.fromCharCode.apply(null, bytes.subarray(at, at + 8192) as unknown as number[]);
  }
  return text;
}

function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}
