import type { Note } from "../../../core/model.js";
import { quoted } from "../numbers/flags.js";
import { type FileHead, TABLE_OF_EUROSTAT } from "./file-head.js";

/** How the text of a file was read, and what was left out around its header. */
export function headNotes(head: FileHead): Note[] {
  const { file, skipped, between } = head;
  const notes = [...encodingNotes(head), ...decimalNotes(head), ...signNotes(head), ...flagNotes(head)];
  if (skipped > 0) {
    const lines = skipped === 1 ? "the line before it was" : `the ${skipped} lines before it were`;
    const message = `The table of ${file} begins at row ${skipped + 1}; ${lines} left out.`;
    notes.push({ code: "preamble-skipped", severity: "info", message, details: { lines: skipped } });
  }
  for (const { row, text } of between) {
    const message = `Row ${row} (${JSON.stringify(text.slice(0, 60))}) below the header has no data and was left out.`;
    notes.push({ code: "units-row", severity: "info", message, details: { row } });
  }
  return notes;
}

/** Says which flags of Eurostat were left out. */
function flagNotes({ columns, marks }: FileHead): Note[] {
  if (!columns.some(({ name }) => TABLE_OF_EUROSTAT.test(name))) return [];
  const flagged = columns.flatMap(({ cells }) => cells).find((cell) => /\d [a-z]{1,2}$/.test(cell));
  if (flagged === undefined || marks.bare(flagged) === flagged) return [];
  const message = `Flags behind the numbers, such as ${flagged.replace(/.* /, "")} in ${JSON.stringify(flagged)}, were left out.`;
  return [{ code: "flags-left-out", severity: "info", message }];
}

/** Words of a column that says whether amounts are paid or received. */
const SIDES = [
  ["s", "h"],
  ["soll", "haben"],
  ["d", "c"],
  ["dr", "cr"],
  ["debit", "credit"],
  ["af", "bij"],
] as const;

/** Warns of a column of debit and credit beside numbers that are never below zero. */
function signNotes({ columns }: FileHead): Note[] {
  const signed = columns.some(
    ({ numeric, numbers }) => numeric >= 0.5 && numbers.some((cell) => /^[-−(]|-$/.test(cell)),
  );
  const sides = signed ? undefined : columns.find(({ numeric, cells }) => numeric < 0.5 && areSides(cells));
  if (sides === undefined) return [];
  const words = [...new Set(sides.cells.map((cell) => cell.trim()))];
  const message = `Column ${sides.name} has ${words.join(" and ")}, debit and credit, which set the sign of an amount; the numbers are read as they stand: write those of one of the two with a minus sign, or choose one with --where ${quoted(`${sides.name}=${words[0]}`)}.`;
  return [{ code: "sides-ignored", severity: "warning", message, details: { column: sides.name } }];
}

function areSides(cells: readonly string[]): boolean {
  const words = new Set(cells.map((cell) => cell.trim().toLowerCase()));
  return words.size === 2 && SIDES.some((pair) => pair.every((word) => words.has(word)));
}

/** Says that commas could separate two columns. */
function decimalNotes({ file, decimals }: FileHead): Note[] {
  if (decimals === null) return [];
  const message = `Each line of ${file} is read as one number, such as ${decimals}; if the comma separates two columns, say so with --delimiter ,.`;
  return [{ code: "decimal-commas", severity: "warning", message, details: { example: decimals } }];
}

/** How a text was read that is neither UTF-8 nor western European. */
function encodingNotes({ file, guess, columns }: FileHead): Note[] {
  if (guess === null) return [];
  const { encoding } = guess;
  const names = columns
    .map(({ name }) => name)
    .slice(0, 3)
    .join(", ");
  const message =
    encoding === null
      ? `The text of ${file} is neither UTF-8 nor western European, so names in it may not be readable; give its encoding, such as --encoding shift_jis, gb18030, big5, euc-kr, windows-1250 or windows-1251, or save the file as UTF-8.`
      : `The text of ${file} is read as ${encoding} (${names}); give another encoding with --encoding, or save the file as UTF-8.`;
  const severity = encoding === null ? "warning" : "info";
  return [
    {
      code: encoding === null ? "encoding-unknown" : "encoding-found",
      severity,
      message,
      details: { encoding },
    },
  ];
}
