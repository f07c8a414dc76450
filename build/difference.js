/** Shorter copies cost more to write than their bytes. */
const LEAST = 8;

/**
 * How to make `target` from pieces of `source`: "inserted skip length, …", that is, the bytes to insert, in hex, then how far from the
 * end of the piece before the next one begins, and its length. `src/neural/kernel/bytes.ts` reads it.
 */
export function difference(source, target) {
  const places = placesOf(source);
  const steps = [];
  let inserted = "";
  let last = 0;
  for (let at = 0; at < target.length; ) {
    const { from, length } = longest(places, source, target, at, last);
    if (length === 0) {
      inserted += hexOf(target.subarray(at, at + 1));
      at++;
      continue;
    }
    steps.push(`${inserted} ${from - last} ${length}`);
    inserted = "";
    at += length;
    last = from + length;
  }
  return [...steps, `${inserted} 0 0`].join();
}

/** Two digits a byte: where bytes repeat, so do the letters, which gzip finds; in base64 it does not, because three bytes share four. */
export function hexOf(bytes) {
  return Buffer.from(bytes).toString("hex");
}

function placesOf(source) {
  const places = new Map();
  for (let at = 0; at + LEAST <= source.length; at++) {
    const key = hexOf(source.subarray(at, at + LEAST));
    if (places.has(key)) places.get(key).push(at);
    else places.set(key, [at]);
  }
  return places;
}

/** The longest piece of `source` with which `target` goes on, of equal ones that next to `last`; of length 0 where there is none. */
function longest(places, source, target, at, last) {
  let found = { from: last, length: 0 };
  for (const from of places.get(hexOf(target.subarray(at, at + LEAST))) ?? []) {
    let length = LEAST;
    while (
      from + length < source.length &&
      at + length < target.length &&
      source[from + length] === target[at + length]
    )
      length++;
    const nearer = length === found.length && Math.abs(from - last) < Math.abs(found.from - last);
    if (length > found.length || nearer) found = { from, length };
  }
  return found;
}
