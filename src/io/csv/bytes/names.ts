import { decodeText, decodeWindows1252, isUtf8 } from "./encoding.js";

/**
 * Distinct cells of an id column, numbered in order of appearance and kept as bytes until the end of the file, where
 * their encoding is known. A million rows of a thousand ids keep a thousand names.
 */
export class Names {
  private bytes = new Uint8Array(4096);
  /** Name `i` lies at `ends[i - 1]` to `ends[i]` of the bytes. */
  private readonly ends: number[] = [];
  /** Open-addressed table of name numbers plus one; its size is a power of two. */
  private slots = new Int32Array(1024);
  private last = -1;

  get size(): number {
    return this.ends.length;
  }

  /** The number of the name in bytes `from` to `to`, a new one where it has not been seen. */
  number(source: Uint8Array, from: number, to: number): number {
    const found = this.find(source, from, to);
    return found >= 0 ? found : this.add(source, from, to);
  }

  /** The number of the name in bytes `from` to `to`, -1 where it has not been seen. */
  find(source: Uint8Array, from: number, to: number): number {
    if (this.last >= 0 && this.matches(this.last, source, from, to)) return this.last;
    const mask = this.slots.length - 1;
    let slot = hash(source, from, to) & mask;
    for (let entry = this.slots[slot]!; entry !== 0; entry = this.slots[slot]!) {
      if (this.matches(entry - 1, source, from, to)) {
        this.last = entry - 1;
        return this.last;
      }
      slot = (slot + 1) & mask;
    }
    return -1;
  }

  /** Where the name that was last asked for ends, if it stands at `at`; else -1. */
  repeated(source: Uint8Array, at: number): number {
    if (this.last < 0) return -1;
    const start = this.last === 0 ? 0 : this.ends[this.last - 1]!;
    const length = this.ends[this.last]! - start;
    for (let i = 0; i < length; i++) if (this.bytes[start + i] !== source[at + i]) return -1;
    return at + length;
  }

  /** The name that was last asked for; -1 before any. */
  get latest(): number {
    return this.last;
  }

  /** Whether the names make sense as UTF-8. */
  isUtf8(): boolean {
    return isUtf8(this.bytes.subarray(0, this.ends.at(-1) ?? 0));
  }

  /** All names as text, in one encoding for the whole column. */
  texts(): string[] {
    const all = this.bytes.subarray(0, this.ends.at(-1) ?? 0);
    const decode = this.isUtf8() ? decodeText : decodeWindows1252;
    return this.ends.map((end, i) => decode(all.subarray(i === 0 ? 0 : this.ends[i - 1]!, end)));
  }

  private matches(name: number, source: Uint8Array, from: number, to: number): boolean {
    const start = name === 0 ? 0 : this.ends[name - 1]!;
    if (this.ends[name]! - start !== to - from) return false;
    for (let i = 0; i < to - from; i++) if (this.bytes[start + i] !== source[from + i]) return false;
    return true;
  }

  private add(source: Uint8Array, from: number, to: number): number {
    const start = this.ends.at(-1) ?? 0;
    const end = start + to - from;
    while (end > this.bytes.length) this.bytes = enlarged(this.bytes);
    this.bytes.set(source.subarray(from, to), start);
    this.ends.push(end);
    this.last = this.ends.length - 1;
    if (2 * this.ends.length > this.slots.length) this.rehash();
    else this.enter(this.slots, this.last);
    return this.last;
  }

  private enter(slots: Int32Array, name: number): void {
    const mask = slots.length - 1;
    let slot = hash(this.bytes, name === 0 ? 0 : this.ends[name - 1]!, this.ends[name]!) & mask;
    while (slots[slot] !== 0) slot = (slot + 1) & mask;
    slots[slot] = name + 1;
  }

  private rehash(): void {
    this.slots = new Int32Array(2 * this.slots.length);
    for (let name = 0; name < this.ends.length; name++) this.enter(this.slots, name);
  }
}

function enlarged(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(2 * bytes.length);
  larger.set(bytes);
  return larger;
}

/** FNV-1a, the high bits mixed into the low ones that the table uses. */
function hash(bytes: Uint8Array, from: number, to: number): number {
  let h = 0x811c9dc5;
  for (let at = from; at < to; at++) h = Math.imul(h ^ bytes[at]!, 0x01000193);
  return h ^ (h >>> 15);
}
