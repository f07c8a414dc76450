import { decodeText } from "../bytes/encoding.js";
import { looksLikeData } from "./dialect.js";
import type { Head } from "./sample.js";

const HASH = 35;

/** Comment lines right above the data that may hold names and units. */
const MOST = 2;

/** A commented line of names, and the head of the file from it on with the mark of a comment left out. */
export interface CommentHeader {
  readonly head: Head;
  /** Bytes and lines that it stands before the rest. */
  readonly bytes: number;
  readonly lines: number;
}

/**
 * The names in the comment lines above a table without a header, `# YYYYMMDD, TG`: as many cells as the first row, which is one of
 * data, and none of them a number. Null where there are none.
 *
 * @param text the file from its first byte on, `start` where the table begins in it.
 */
export function commentHeader(
  text: Uint8Array,
  start: number,
  head: Head,
  delimiter: string,
): CommentHeader | null {
  const first = cellsOf(lineAt(head.bytes, 0), delimiter);
  if (first.length < 2 || !first.some(looksLikeData)) return null;
  let from = start;
  let found: { readonly from: number; readonly lines: number } | null = null;
  let comments = 0;
  for (let lines = 1; comments < MOST && from > 0; lines++) {
    from = lineBefore(text, from);
    const line = lineAt(text, from).trim();
    if (line === "") continue;
    const names = cellsOf(line.replace(/^#+/, ""), delimiter);
    // Above names there may be a remark with as many commas; above units there are names.
    const fits =
      names.length === first.length &&
      names.every((name) => name !== "" && !looksLikeData(name) && (comments === 0 || !/[\s:]/.test(name)));
    if (!line.startsWith("#") || !fits) break;
    comments++;
    found = { from, lines };
  }
  if (found === null) return null;
  const bytes = text.slice(found.from, start + head.end + 1);
  let line = 0;
  for (let at = 0; at < start - found.from; at++) {
    if (bytes[at] === 10 || bytes[at] === 13) line++;
    // Units in a comment below the names are left out with its mark.
    else if (bytes[at] === HASH || line > 0) bytes[at] = 32;
  }
  return {
    head: { ...head, bytes, end: head.end + start - found.from },
    bytes: start - found.from,
    lines: found.lines,
  };
}

function cellsOf(line: string, delimiter: string): string[] {
  return line.split(delimiter).map((cell) => cell.trim());
}

function lineAt(bytes: Uint8Array, from: number): string {
  let to = from;
  while (to < bytes.length && bytes[to] !== 10 && bytes[to] !== 13) to++;
  return decodeText(bytes.subarray(from, to));
}

/** Where the line before the one that begins at `at` begins. */
function lineBefore(bytes: Uint8Array, at: number): number {
  let from = at - 1;
  if (bytes[from] === 10 && bytes[from - 1] === 13) from--;
  while (from > 0 && bytes[from - 1] !== 10 && bytes[from - 1] !== 13) from--;
  return Math.max(0, from);
}
