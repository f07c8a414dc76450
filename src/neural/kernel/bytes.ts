/** The bytes of text with two hexadecimal digits for each. */
export function bytesOf(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: hex.length / 2 }, (_, i) =>
    Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16),
  );
}

/**
 * Bytes made from pieces of others.
 *
 * @param difference steps "inserted skip length" with commas between: bytes to insert, in hex; how far from the end of the last piece
 *   of `source` the next one begins; how long it is. `build/difference.js` writes it.
 */
export function madeFrom(source: Uint8Array, difference: string): Uint8Array<ArrayBuffer> {
  const made: number[] = [];
  let at = 0;
  for (const step of difference.split(",")) {
    const [inserted, skip, length] = step.split(" ") as [string, string, string];
    for (const byte of bytesOf(inserted)) made.push(byte);
    at += Number(skip);
    for (const end = at + Number(length); at < end; at++) made.push(source[at]);
  }
  return Uint8Array.from(made);
}
