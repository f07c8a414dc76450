/** Numbers appended one by one into a flat array that doubles when full. */
export class Floats {
  length = 0;
  private data = new Float64Array(1024);

  push(value: number): void {
    if (this.length === this.data.length) this.grow();
    this.data[this.length++] = value;
  }

  set(index: number, value: number): void {
    this.data[index] = value;
  }

  at(index: number): number {
    return this.data[index]!;
  }

  /** The numbers so far, without copying. */
  view(): Float64Array {
    return this.data.subarray(0, this.length);
  }

  private grow(): void {
    const larger = new Float64Array(2 * this.data.length);
    larger.set(this.data);
    this.data = larger;
  }
}

/** The same for small whole numbers. */
export class Ints {
  length = 0;
  private data = new Int32Array(1024);

  push(value: number): void {
    if (this.length === this.data.length) this.grow();
    this.data[this.length++] = value;
  }

  view(): Int32Array {
    return this.data.subarray(0, this.length);
  }

  private grow(): void {
    const larger = new Int32Array(2 * this.data.length);
    larger.set(this.data);
    this.data = larger;
  }
}
