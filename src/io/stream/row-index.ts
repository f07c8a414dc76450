import { type RowsAt, runsOf } from "./runs.js";

/** Neighbouring rows of a series: where they are in the file, and the lines they stand on. */
interface Piece {
  readonly offset: number;
  readonly length: number;
  readonly line: number;
  readonly lines: number;
}

/** Where the rows of each series of a file are, so that they can be read in any order: with memory for ids and places alone. */
export class RowIndex {
  private readonly pieces = new Map<string, Piece | Piece[]>();

  /** @throws as `runsOf` does. */
  static async of(chunks: AsyncIterable<Uint8Array>, at: RowsAt): Promise<RowIndex> {
    const index = new RowIndex();
    let offset = at.start;
    for await (const runs of runsOf(chunks, at)) {
      for (const { id, bytes, line, lines } of runs) {
        index.add(id, { offset, length: bytes.length, line, lines });
        offset += bytes.length;
      }
    }
    return index;
  }

  /** The ids, a character a byte, in the order in which they first come. */
  get ids(): Iterable<string> {
    return this.pieces.keys();
  }

  get size(): number {
    return this.pieces.size;
  }

  of(id: string): readonly Piece[] {
    const found = this.pieces.get(id) ?? [];
    return Array.isArray(found) ? found : [found as Piece];
  }

  private add(id: string, piece: Piece): void {
    const known = this.pieces.get(id);
    if (known === undefined) this.pieces.set(id, piece);
    else if (Array.isArray(known)) known.push(piece);
    else this.pieces.set(id, [known, piece]);
  }
}
