import { YuleError, type YuleErrorFields } from "../core/errors.js";

/** What came of one series of a panel: a result, or the reason why there is none. */
export type SeriesOutcome<T> =
  | { readonly status: "ok"; readonly id: string; readonly model: string; readonly value: T }
  | { readonly status: "failed"; readonly id: string; readonly model: string; readonly error: YuleError };

/** Runs the work of one series; an error becomes an outcome, except an abort and a usage error, which concern all series. */
export function attempt<T>(
  id: string,
  model: string,
  work: () => { model: string; value: T },
): SeriesOutcome<T> {
  try {
    return { status: "ok", id, ...work() };
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    return { status: "failed", id, model, error: asFailure(id, error) };
  }
}

/** Whatever was thrown, as a coded error. */
export function asFailure(id: string, thrown: unknown): YuleError {
  if (thrown instanceof YuleError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new YuleError({
    code: "internal",
    category: "failure",
    argument: id,
    message: `Internal error of yule on the series ${id}: ${message}`,
    hint: "Run again with --verbose to see where, and report it with the command and the data.",
    cause: thrown,
  });
}

/** An error as plain data that crosses threads. */
export function fieldsOf(thrown: unknown, id = ""): YuleErrorFields {
  const { code, category, message, argument, value, hint, details, stack } = asFailure(id, thrown);
  const plain = ["string", "number", "boolean"].includes(typeof value);
  return {
    code,
    category,
    message,
    details,
    cause: stack,
    ...(argument === undefined ? {} : { argument }),
    ...(plain ? { value } : {}),
    ...(hint === undefined ? {} : { hint }),
  };
}
