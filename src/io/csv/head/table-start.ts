import { isDayAndMonth } from "../../../core/time/forms/index.js";
import { marksAround } from "../numbers/cell-marks.js";
import { isMissing } from "../numbers/numbers.js";
import { looksLikeData } from "./dialect.js";
import { isHeader } from "./header.js";
import { ID_NAMES, nameScore, TIME_NAMES, VALUE_NAMES } from "./known-names.js";

/** Rows above a table that are looked through for its beginning. */
const MOST_BEFORE = 60;

type Row = readonly string[];

/** Where the table of a file lies among its first records. */
export interface TableStart {
  /** Records before the header, or before the first row where there is no header. */
  readonly before: number;
  readonly header: boolean;
  /** Whether the header is two records: names that come back below those of the groups they belong to. */
  readonly upper: boolean;
  /** Records between the header and the first row, such as one of units. */
  readonly between: number;
}

/**
 * The beginning of the table: title lines and lists of properties stand above it, units or a second header below its
 * header. The first row of data is the first one that is cut and filled like most rows.
 */
export function tableStart(rows: readonly Row[]): TableStart {
  const width = usualWidth(rows);
  const first = firstDataColumn(rows, width);
  const data = first < 0 ? 0 : rows.slice(0, MOST_BEFORE).findIndex((row) => isDataRow(row, width, first));
  if (data <= 0) return { before: 0, header: isHeader(rows), upper: false, between: 0 };
  const candidates = headerCandidates(rows, data, width);
  const most = candidates.reduce((top, row) => Math.max(top, filledOf(rows[row]!)), 0);
  // Names such as years look like data.
  if (candidates.length === 0 || (filledOf(rows[data]!) > most && isHeader(rows.slice(data))))
    return { before: data, header: isHeader(rows.slice(data)), upper: false, between: 0 };
  const scores = candidates.map((row) => headerScore(rows[row]!, first));
  const best = scores.reduce((top, score, i) => (score >= scores[top]! ? i : top), 0);
  const header = candidates[best]!;
  const plain = rows.slice(header + 1, data).every((row) => !row.some(looksLikeData));
  const upper = hasGroups(rows[header]!, rows[header - 1]);
  return { before: upper ? header - 1 : header, header: true, upper, between: plain ? data - header - 1 : 0 };
}

function filledOf(row: Row): number {
  return row.filter((cell) => cell !== "").length;
}

/** Whether names come back in a header and the row above tells them apart, as where cells of groups were merged. */
function hasGroups(names: Row, above: Row | undefined): boolean {
  const filled = names.filter((name) => name !== "");
  if (above === undefined || above.length !== names.length || new Set(filled).size === filled.length)
    return false;
  const grouped = groupedNames(above, names);
  return new Set(grouped).size === grouped.length;
}

/** Names of a header of two rows: those above reach to the next one, and stand before the names below them. */
export function groupedNames(above: Row, names: Row): string[] {
  let group = "";
  return names.map((name, column) => {
    group = above[column] === "" ? group : above[column]!;
    return group === "" || names.filter((other) => other === name).length === 1
      ? name
      : `${group} ${name}`.trim();
  });
}

/** The length that most rows have, long rows counting more than short ones. */
export function usualWidth(rows: readonly Row[]): number {
  const weights = new Map<number, number>();
  for (const { length } of rows) weights.set(length, (weights.get(length) ?? 0) + length);
  return [...weights].reduce((a, b) => (b[1] > a[1] ? b : a), [0, 0])[0];
}

/** The first column in which most of the cells that are filled are numbers or times; -1 for none. */
function firstDataColumn(rows: readonly Row[], width: number): number {
  const body = rows.filter((row) => row.length === width).slice(-120);
  for (let column = 0; column < width; column++) {
    const filled = body.map((row) => row[column]!).filter((cell) => !isMissing(cell));
    if (filled.length > 0 && filled.filter(looksLikeData).length >= 0.5 * filled.length) return column;
  }
  return -1;
}

function isDataRow(row: Row, width: number, first: number): boolean {
  if (row.length !== width || row.every((cell) => cell === "")) return false;
  const cell = row[first]!;
  if (isMissing(cell)) return row.every(isMissing) || row.some(looksLikeData);
  return looksLikeData(cell) || isDayAndMonth(cell) || (/\d/.test(cell) && marksAround(cell) !== null);
}

/** Rows right above the first row of data that could be its header: as many cells, and more than a title. */
function headerCandidates(rows: readonly Row[], data: number, width: number): number[] {
  const found: number[] = [];
  for (let at = data - 1; at >= 0; at--) {
    const row = rows[at]!;
    const filled = row.filter((cell) => cell !== "").length;
    if (filled === 0) continue;
    const title = width > 1 && filled === 1 && row[0] !== "" && found.length + at > 0;
    if (title && found.length === 0 && isFullText(rows[at - 1], width)) continue;
    const odd = row.length !== width && (found.length > 0 || filled < 2);
    if (title || odd) break;
    if (row.some(looksLikeData) && !isHeader([row, ...rows.slice(data)])) break;
    found.unshift(at);
  }
  return found;
}

/** Whether a row names more than one column: below it a single cell is a label, not a title. */
function isFullText(row: Row | undefined, width: number): boolean {
  if (row === undefined || row.length !== width) return false;
  return row.filter((cell) => cell !== "").length > 1 && !row.some(looksLikeData);
}

/** How much a row looks like names of columns rather than units, labels or properties. */
function headerScore(row: Row, first: number): number {
  const filled = row.filter((cell) => cell !== "");
  const distinct = new Set(filled).size / row.length;
  const time = nameScore(row[first] ?? "", TIME_NAMES) > 0 ? 1 : 0;
  const named = filled.some((cell) =>
    [TIME_NAMES, VALUE_NAMES, ID_NAMES].some((list) => nameScore(cell, list) > 2),
  );
  const units = filled.filter(isUnit).length / Math.max(1, filled.length);
  return distinct + time + (named ? 1 : 0) - (units >= 0.5 ? 3 : 0);
}

/** Units, and patterns of dates, as some exports write them under the names. */
function isUnit(cell: string): boolean {
  const bare = cell.replace(/^[([{]|[)\]}]$/g, "").trim();
  return /^([yjmdahs]{1,4}[-/. :t]*){2,6}$/i.test(bare) || UNITS.test(bare) || /^[([].*[)\]]$/.test(cell);
}

const UNITS =
  /^(-|%|‰|#|°?[CFK]|°|deg(rees)?( ?[CFK])?|[kMGTmµu]?(W|Wh|V|A|Hz|J|Pa|m|g|s|l|L|b|B)([²³23]|\/\w+|-\d)?|kph|mph|km\/h|m\/s|mm|cm|km|ft|in|lbs?|hpa|mbar|bar|ppm|ppb|[A-Z]{3}|[$€£¥]|units?|pcs|index|none|count|\d{4} ?= ?100|h|min|sec)$/;
