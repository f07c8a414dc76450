import { YuleError } from "../../../core/errors.js";
import type { Encoding } from "../../csv-options.js";

/** Characters of windows-1252 in 0x80–0x9F; the others are those of Unicode. Some platforms decode these wrongly. */
const WINDOWS_1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

/** Files that people mistake for CSV, by their first bytes. */
const SIGNATURES: readonly (readonly [signature: readonly number[], what: string])[] = [
  [[0x50, 0x4b, 0x03, 0x04], "an Excel workbook or another zip archive; save the sheet as CSV"],
  [[0xd0, 0xcf, 0x11, 0xe0], "an old Excel workbook; save the sheet as CSV"],
  [[0x1f, 0x8b], "gzip-compressed; unpack it first"],
  [[0x89, 0x50, 0x4e, 0x47], "a PNG picture"],
  [[0xff, 0xd8, 0xff], "a JPEG picture"],
  [[0x25, 0x50, 0x44, 0x46], "a PDF document"],
  [[0x50, 0x41, 0x52, 0x31], "a Parquet file; export it as CSV"],
  [[0x28, 0xb5, 0x2f, 0xfd], "zstd-compressed; unpack it first"],
  [[0x42, 0x5a, 0x68], "bzip2-compressed; unpack it first"],
];

export interface EncodingGuess {
  readonly encoding: "utf-8" | "utf-16le" | "utf-16be";
  /** Bytes of the byte order mark to leave out. */
  readonly mark: number;
}

/**
 * The encoding of a file from its first bytes: byte order marks, and for UTF-16 without one the zeros that plain
 * characters have in it. UTF-8 and windows-1252 are told apart later, by `decodeText`.
 *
 * @throws YuleError `markup-file`; `binary-file`, naming the kind of file where its first bytes show it.
 */
export function guessEncoding(head: Uint8Array, file: string): EncodingGuess {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: "utf-8", mark: 3 };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: "utf-16le", mark: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: "utf-16be", mark: 2 };
  for (const [signature, what] of SIGNATURES) {
    if (signature.every((byte, i) => head[i] === byte)) throw binary(file, `is ${what}`);
  }
  const end = Math.min(head.length, 4096);
  if (MARKUP.test(decodeWindows1252(head.subarray(0, 200)))) throw markup(file);
  let even = 0;
  let odd = 0;
  for (let i = 0; i < end; i++) if (head[i] === 0) i % 2 === 0 ? even++ : odd++;
  if (odd > 0.3 * (end / 2) && even === 0) return { encoding: "utf-16le", mark: 0 };
  if (even > 0.3 * (end / 2) && odd === 0) return { encoding: "utf-16be", mark: 0 };
  refuseZeros(head, file);
  return { encoding: "utf-8", mark: 0 };
}

/** What pages begin with that are saved under the name of a table. */
const MARKUP = /^\s*<(!doctype|html|table|meta|\?xml|head|body|div)\b/i;

function markup(file: string): YuleError {
  return new YuleError({
    code: "markup-file",
    category: "data",
    argument: file,
    message: `${file} is a page of HTML or XML, not CSV, whatever its name; open it in a spreadsheet and save the table as CSV.`,
    details: { file },
  });
}

/** @throws YuleError `binary-file` where a zero byte shows that this is no text. */
export function refuseZeros(bytes: Uint8Array, file: string): void {
  if (bytes.includes(0)) throw binary(file, "has zero bytes, so it is not text");
}

function binary(file: string, finding: string): YuleError {
  return new YuleError({
    code: "binary-file",
    category: "data",
    argument: file,
    message: `${file} ${finding}; yule reads CSV text.`.replace(
      /; (save|unpack|export)(.*); yule/,
      "; $1$2: yule",
    ),
    details: { file },
  });
}

/** Text of bytes that are UTF-8, or where they cannot be, windows-1252. */
export function decodeText(bytes: Uint8Array): string {
  if (!isAscii(bytes) && isUtf8(bytes)) return new TextDecoder().decode(bytes);
  return decodeWindows1252(bytes);
}

/** Bytes from which on the platform's decoder is faster than a look at each. */
const LONG = 256;

export function isUtf8(bytes: Uint8Array): boolean {
  if (bytes.length < LONG && isAscii(bytes)) return true;
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function isAscii(bytes: Uint8Array): boolean {
  for (let i = 0; i < bytes.length; i++) if (bytes[i]! >= 0x80) return false;
  return true;
}

export function decodeWindows1252(bytes: Uint8Array): string {
  let text = "";
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!;
    text += byte >= 0x80 && byte < 0xa0 ? WINDOWS_1252[byte - 0x80] : String.fromCharCode(byte);
  }
  return text;
}

/** Turns chunks of an encoding into UTF-8 ones, characters cut by a chunk's end kept for the next. */
export function recoder(encoding: Encoding): (chunk: Uint8Array | null) => Uint8Array {
  const decoder = new TextDecoder(encoding);
  const encoder = new TextEncoder();
  return (chunk) =>
    encoder.encode(chunk === null ? decoder.decode() : decoder.decode(chunk, { stream: true }));
}
