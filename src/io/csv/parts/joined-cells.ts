const HYPHEN = 45;
const BLANK = 32;

/** Cells of one row that are read as one, such as year and month, joined by marks whatever their order in the file. */
export class JoinedCells {
  bytes = new Uint8Array(256);
  length = 0;
  private readonly parts: { bytes: Uint8Array; length: number }[];

  /**
   * @param marks what stands before each part.
   * @param carried whether an empty cell of a part repeats the one above.
   * @param spans whether a part has a beginning and an end, whose hyphen is set between blanks.
   */
  constructor(
    private readonly marks: readonly string[],
    private readonly carried: readonly boolean[] = [],
    private readonly spans: readonly boolean[] = [],
  ) {
    this.parts = marks.map(() => ({ bytes: new Uint8Array(64), length: 0 }));
  }

  /** Forgets the cells of the row before. */
  clear(): void {
    for (let i = 0; i < this.parts.length; i++) if (!this.carried[i]) this.parts[i]!.length = 0;
  }

  set(index: number, bytes: Uint8Array, from: number, to: number): void {
    const part = this.parts[index]!;
    if (from === to && this.carried[index]) return;
    if (to - from > part.bytes.length) part.bytes = new Uint8Array(2 * (to - from));
    for (let at = from; at < to; at++) part.bytes[at - from] = bytes[at]!;
    part.length = to - from;
  }

  /** Writes the joined cell; its length is 0 where a part is missing. */
  join(): void {
    this.length = 0;
    if (this.parts.some(({ length }) => length === 0)) return;
    this.parts.forEach((part, index) => {
      const mark = this.marks[index]!;
      this.reserve(mark.length + part.length + 2);
      for (let i = 0; i < mark.length; i++) this.bytes[this.length++] = mark.charCodeAt(i);
      for (let i = 0; i < part.length; i++) {
        const spaced = this.spans[index] && part.bytes[i] === HYPHEN;
        if (spaced) this.bytes[this.length++] = BLANK;
        this.bytes[this.length++] = part.bytes[i]!;
        if (spaced) this.bytes[this.length++] = BLANK;
      }
    });
  }

  private reserve(more: number): void {
    if (this.length + more <= this.bytes.length) return;
    const larger = new Uint8Array(2 * (this.length + more));
    larger.set(this.bytes);
    this.bytes = larger;
  }
}
