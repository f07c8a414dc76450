import type { Fitted } from "../../core/model.js";
import { processOfKind } from "../../select/catalogue.js";

/** A fitted model without its functions and history: plain data that crosses threads. */
export interface Detached {
  readonly kind: string;
  readonly rest: Omit<Fitted, "process" | "history">;
}

export function detach(fitted: Fitted): Detached {
  const { process, history: _, ...rest } = fitted;
  return { kind: process.kind, rest };
}

export function attach({ kind, rest }: Detached): Fitted {
  return { ...rest, process: processOfKind(kind) };
}
