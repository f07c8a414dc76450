import type { Note } from "../../core/model.js";
import type { TypedTable } from "./typed-table.js";

/** A file of another format than CSV, as the reader of CSV goes on with it. */
export type Opened =
  | { readonly kind: "typed"; readonly table: TypedTable }
  | {
      readonly kind: "text";
      readonly chunks: AsyncIterable<Uint8Array>;
      /**
       * A CSV as it stands; one with tabs where the file has blanks between its columns; one that is made of records, its first row
       * their names; or one of cells of a sheet.
       */
      readonly as: "file" | "blanks" | "records" | "cells";
      /** The line or record of the file that a line of the text comes from; absent where they are the same. */
      readonly lineOf?: (line: number) => number;
      /** Notes after the whole file was read. */
      readonly notes?: () => readonly Note[];
    };

/** What is known of a file before it is opened. */
export interface ToOpen {
  readonly first: Uint8Array;
  /** All bytes, the first ones among them; gone through once. */
  readonly chunks: AsyncIterable<Uint8Array>;
  /** What errors call it. */
  readonly file: string;
  readonly sheet?: string;
}

/** Opens a file of a format that it recognises by the first bytes; null for any other. */
export type Opener = (source: ToOpen) => Promise<Opened | null>;
