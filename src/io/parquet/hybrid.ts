import type { PageBytes } from "./value-store.js";

/** Bits of a code that are unpacked here; wider ones mean a dictionary of more than 16 million values. */
export const WIDEST_CODE = 24;

/**
 * Fills an array with codes in Parquet's hybrid of run lengths and packed bits.
 *
 * @param width bits of a code, 0 to 24.
 * @throws RangeError where the bytes end before the codes do.
 */
export function readHybrid(page: PageBytes, width: number, codes: Int32Array | Uint8Array): void {
  for (let filled = 0; filled < codes.length; ) {
    const header = readVarint(page);
    const most = codes.length - filled;
    if ((header & 1) === 0) {
      const count = Math.min(header >>> 1, most);
      codes.fill(readCode(page, width), filled, filled + count);
      filled += count;
      continue;
    }
    const groups = header >>> 1;
    const count = Math.min(8 * groups, most);
    unpack(page, width, codes, filled, count);
    page.at += groups * width;
    filled += count;
  }
}

/** Codes of `width` bits each, the lowest bits first; bytes after the end of the page count as zeros. */
function unpack(
  { bytes, at: from }: PageBytes,
  width: number,
  codes: Int32Array | Uint8Array,
  filled: number,
  count: number,
): void {
  if (from + Math.ceil((count * width) / 8) > bytes.length) throw truncated();
  const mask = (1 << width) - 1;
  let at = from;
  let bits = 0;
  let held = 0;
  for (let i = filled; i < filled + count; i++) {
    while (held < width) {
      bits |= bytes[at++]! << held;
      held += 8;
    }
    codes[i] = bits & mask;
    bits >>>= width;
    held -= width;
  }
}

function readCode(page: PageBytes, width: number): number {
  let code = 0;
  for (let bit = 0; bit < width; bit += 8) code |= readByte(page) << bit;
  return code;
}

function readVarint(page: PageBytes): number {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = readByte(page);
    value |= (byte & 127) << shift;
    if (byte < 128) return value >>> 0;
  }
}

function readByte(page: PageBytes): number {
  if (page.at >= page.bytes.length) throw truncated();
  return page.bytes[page.at++]!;
}

function truncated(): RangeError {
  return new RangeError("a page ends too early");
}
