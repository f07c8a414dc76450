/** Dots of a braille character, by row and column; together they make every character from U+2800 on. */
const DOTS = [
  [0x01, 0x08],
  [0x02, 0x10],
  [0x04, 0x20],
  [0x40, 0x80],
] as const;

/** A drawing of dots, two across and four down in every character cell. */
export class Braille {
  readonly #cells: Uint8Array;

  constructor(
    readonly width: number,
    readonly height: number,
  ) {
    this.#cells = new Uint8Array(width * height);
  }

  /** The dots of a cell as a character; empty where there are none. */
  character(column: number, row: number): string {
    const dots = this.#cells[row * this.width + column]!;
    return dots === 0 ? "" : String.fromCharCode(0x2800 + dots);
  }

  /** Sets the dot at a place counted in dots from the top left; places outside are ignored. */
  dot(x: number, y: number): void {
    if (x < 0 || y < 0 || x >= 2 * this.width || y >= 4 * this.height) return;
    const cell = (y >> 2) * this.width + (x >> 1);
    this.#cells[cell] = this.#cells[cell]! | DOTS[y & 3]![x & 1]!;
  }

  /** A straight line of dots between two places. */
  line(x0: number, y0: number, x1: number, y1: number): void {
    const steps = Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0), 1);
    for (let k = 0; k <= steps; k++) {
      this.dot(Math.round(x0 + ((x1 - x0) * k) / steps), Math.round(y0 + ((y1 - y0) * k) / steps));
    }
  }
}
