import type { TypedCells } from "../formats/typed-table.js";

/** Bytes of a page, read from `at` on. */
export interface PageBytes {
  readonly bytes: Uint8Array;
  at: number;
}

/** What gathers the values of a chunk of a column, page by page. */
export interface ValueStore {
  /** Takes the dictionary of the chunk; false where one of its values is beyond what is read here. */
  takeDictionary(page: PageBytes, count: number): boolean;
  /** Begins a page of `rows` rows; those whose `present` is 0 are missing, none where it is null. */
  begin(present: Uint8Array | null, rows: number): void;
  /** Takes the `count` plain values of the page; false where one is beyond what is read here. */
  takePlain(page: PageBytes, count: number): boolean;
  /** Takes the values of the page by their numbers in the dictionary. */
  takeCodes(codes: Int32Array): void;
  /** The first cells of the chunk. */
  cells(length: number): TypedCells;
}
