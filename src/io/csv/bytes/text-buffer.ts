import { LF } from "./records.js";

/** The bytes being read: what the last scan left over, and the next chunks behind it, with a line feed after the end. */
export class TextBuffer {
  bytes = new Uint8Array(1 << 18);
  start = 0;
  end = 0;

  /** Bytes not yet read. */
  get length(): number {
    return this.end - this.start;
  }

  append(chunk: Uint8Array): void {
    const needed = this.length + chunk.length + 1;
    if (needed > this.bytes.length) this.move(new Uint8Array(2 * needed));
    else if (this.end + chunk.length + 1 > this.bytes.length) this.move(this.bytes);
    this.bytes.set(chunk, this.end);
    this.end += chunk.length;
    this.bytes[this.end] = LF;
  }

  /** Drops what was read. */
  private move(target: Uint8Array<ArrayBuffer>): void {
    target.set(this.bytes.subarray(this.start, this.end));
    this.bytes = target;
    this.end -= this.start;
    this.start = 0;
  }
}
