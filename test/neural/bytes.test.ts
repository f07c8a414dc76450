import fc from "fast-check";
import { expect, test } from "vitest";
import { difference, hexOf } from "../../build/difference.js";
import { bytesOf, madeFrom } from "../../src/neural/kernel/bytes.js";
import { FUSED_KERNEL, STRICT_KERNEL } from "../../src/neural/kernel/wasm.js";

test("bytes come back from hex, and from their difference to others", () => {
  const piece = fc.uint8Array({ maxLength: 30 });
  // Both are made of the same pieces in other orders, so that there is something to copy.
  const both = fc
    .array(piece, { minLength: 1, maxLength: 6 })
    .chain((pieces) =>
      fc.tuple(fc.array(fc.constantFrom(...pieces)), fc.array(fc.oneof(fc.constantFrom(...pieces), piece))),
    );
  const joined = (pieces: readonly Uint8Array[]) => Uint8Array.from(pieces.flatMap((one) => [...one]));
  fc.assert(
    fc.property(both, ([first, second]) => {
      const source = joined(first);
      const target = joined(second);
      expect(bytesOf(hexOf(source))).toEqual(source);
      expect(madeFrom(source, difference(source, target))).toEqual(target);
    }),
  );
});

test("a piece further back is copied, not written again", () => {
  const source = Uint8Array.from({ length: 40 }, (_, i) => i);
  const target = Uint8Array.from([...source.subarray(20), 255, ...source.subarray(0, 10)]);
  expect(difference(source, target)).toBe(" 20 20,ff -40 10, 0 0");
});

test("the fused kernel is a module of WebAssembly with the exports of the strict one", () => {
  const strict = bytesOf(STRICT_KERNEL);
  const fused = madeFrom(strict, FUSED_KERNEL);
  expect([...fused.subarray(0, 8)]).toEqual([0, 97, 115, 109, 1, 0, 0, 0]);
  expect(exportsOf(fused)).toEqual(exportsOf(strict));
  expect(exportsOf(strict).length).toBeGreaterThan(20);
});

/** Names of exported functions, read from the export section: Node 20 compiles no relaxed SIMD. */
function exportsOf(bytes: Uint8Array): string[] {
  let at = 8;
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++]!;
      value += (byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  for (;;) {
    const section = bytes[at++]!;
    const size = number();
    if (section === 7) break;
    at += size;
  }
  return Array.from({ length: number() }, () => {
    const length = number();
    const name = new TextDecoder().decode(bytes.subarray(at, at + length));
    at += length + 1;
    number();
    return name;
  });
}
