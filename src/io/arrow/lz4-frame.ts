/**
 * Unpacks an LZ4 frame, as Arrow files hold them.
 *
 * @param length bytes that come out.
 * @see LZ4 Frame Format 1.6.1 and LZ4 Block Format, Y. Collet.
 */
export function unpackLz4(frame: Uint8Array, length: number): Uint8Array {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  if (view.getUint32(0, true) !== 0x184d2204) throw new Error("LZ4 frame without its signature");
  const flags = frame[4]!;
  const blockSums = (flags & 0x10) !== 0;
  let at = 7 + ((flags & 0x08) !== 0 ? 8 : 0) + ((flags & 0x01) !== 0 ? 4 : 0);
  const out = new Uint8Array(length);
  let to = 0;
  for (let size = view.getUint32(at, true); size !== 0; size = view.getUint32(at, true)) {
    at += 4;
    const stored = size >>> 31 === 1;
    const bytes = size & 0x7fffffff;
    const block = frame.subarray(at, at + bytes);
    if (stored) {
      out.set(block, to);
      to += bytes;
    } else to = unpackBlock(block, out, to);
    at += bytes + (blockSums ? 4 : 0);
  }
  if (to !== length) throw new Error(`LZ4 frame of ${to} bytes instead of ${length}`);
  return out;
}

/** Unpacks one block behind what is there already, to which its matches may point; where it ends. */
function unpackBlock(block: Uint8Array, out: Uint8Array, start: number): number {
  let [at, to] = [0, start];
  while (at < block.length) {
    const token = block[at++]!;
    let literals = token >>> 4;
    if (literals === 15) {
      let more = 255;
      while (more === 255) literals += more = block[at++]!;
    }
    out.set(block.subarray(at, at + literals), to);
    at += literals;
    to += literals;
    if (at >= block.length) break;
    const distance = block[at]! | (block[at + 1]! << 8);
    at += 2;
    let matched = (token & 15) + 4;
    if (matched === 19) {
      let more = 255;
      while (more === 255) matched += more = block[at++]!;
    }
    if (distance === 0 || distance > to) throw new Error("LZ4 block that points before its start");
    for (let i = 0; i < matched; i++, to++) out[to] = out[to - distance]!;
  }
  return to;
}
