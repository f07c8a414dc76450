/**
 * A set of texts that keeps 53 bits of each: of a million, two are taken for one with a probability below 1e-4, which costs
 * a needless sorting of the file.
 */
export class SeenIds {
  private slots = new Float64Array(1024);
  private size = 0;

  /** Adds a text; false where it was there. */
  add(text: string): boolean {
    const key = keyOf(text);
    const slot = this.find(this.slots, key);
    if (this.slots[slot] === key) return false;
    this.slots[slot] = key;
    if (2 * ++this.size > this.slots.length) this.grow();
    return true;
  }

  private find(slots: Float64Array, key: number): number {
    const mask = slots.length - 1;
    let slot = (key ^ (key / 4_294_967_296)) & mask;
    while (slots[slot] !== 0 && slots[slot] !== key) slot = (slot + 1) & mask;
    return slot;
  }

  private grow(): void {
    const larger = new Float64Array(2 * this.slots.length);
    for (const key of this.slots) if (key !== 0) larger[this.find(larger, key)] = key;
    this.slots = larger;
  }
}

/** Two FNV-1a hashes side by side, never 0. */
function keyOf(text: string): number {
  let low = 0x811c9dc5;
  let high = 0x9747b28c;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ (code + i), 0x01000193);
  }
  return 1 + (low >>> 0) + ((high ^ (high >>> 15)) & 0x1fffff) * 4_294_967_296;
}
