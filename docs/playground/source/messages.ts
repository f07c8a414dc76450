import type { FigureData } from "../../../src/report/page/data.js";

/** What the page asks of the worker. */
export type Request =
  | { readonly kind: "read"; readonly bytes: Uint8Array; readonly name: string; readonly columns: Columns }
  | {
      readonly kind: "forecast";
      readonly id: string;
      readonly model: string;
      readonly horizon: number | null;
    };

/** Columns that were chosen; an empty one is detected. */
export interface Columns {
  readonly time: string;
  readonly value: string;
  readonly id: string;
}

/** What the worker answers. */
export type Answer =
  | {
      readonly kind: "read";
      readonly columns: readonly string[];
      readonly chosen: Columns;
      readonly ids: readonly string[];
      readonly sentences: readonly string[];
    }
  | {
      readonly kind: "forecast";
      readonly model: string;
      readonly figure: FigureData;
      readonly heads: readonly string[];
      /** The rows as people read them. */
      readonly cells: readonly (readonly string[])[];
      readonly rows: readonly (readonly (string | number)[])[];
      readonly notes: readonly string[];
      readonly seconds: number;
    }
  | { readonly kind: "error"; readonly message: string; readonly hint: string };
