/** Who has to act on an error: the caller's arguments, the data, or neither. Decides the exit code of the CLI. */
export type ErrorCategory = "usage" | "data" | "failure";

export interface YuleErrorFields {
  /** Stable kebab-case code to script against, e.g. `"bad-horizon"`. */
  readonly code: string;
  readonly category: ErrorCategory;
  /** One sentence: the thing, what was found and what to do. */
  readonly message: string;
  /** The argument, option, column or file at fault. */
  readonly argument?: string;
  /** What was found there. */
  readonly value?: unknown;
  /** What to do, when the message has no room for it. */
  readonly hint?: string;
  /** Further plain data, e.g. `{ row: 7, column: "y" }`. */
  readonly details?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/**
 * The only error yule throws on purpose: bad arguments, unusable data, or work that could not be done.
 *
 * `argument` is the argument, option, column or file at fault, where there is one, and `value` what was found there.
 *
 * @example
 * try { forecast(fitted, { horizon: -1 }); }
 * catch (error) { if (error instanceof YuleError) console.log(error.code, error.argument, error.value); }
 */
export class YuleError extends Error {
  readonly code: string;
  readonly category: ErrorCategory;
  override readonly name = "YuleError";
  readonly argument: string | undefined;
  readonly value: unknown;
  readonly hint: string | undefined;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(fields: YuleErrorFields) {
    super(fields.message, fields.cause === undefined ? undefined : { cause: fields.cause });
    this.code = fields.code;
    this.category = fields.category;
    this.argument = fields.argument;
    this.value = fields.value;
    this.hint = fields.hint;
    this.details = fields.details ?? {};
  }
}

/** A usage error: an argument or option is wrong. */
export function usageError(
  code: string,
  argument: string,
  value: unknown,
  message: string,
  hint?: string,
): YuleError {
  return new YuleError({
    code,
    category: "usage",
    argument,
    value,
    message,
    ...(hint === undefined ? {} : { hint }),
  });
}

/**
 * A numerical error: a computation met a number that it cannot go on with, such as a variance that is not finite. It is a
 * data error, since the values of a series lead there and another series may not.
 */
export function numericalError(code: string, argument: string, value: unknown, message: string): YuleError {
  return new YuleError({ code, category: "data", argument, value, message });
}

/** A data error: the arguments make sense, the data cannot be used with them. */
export function dataError(
  code: string,
  argument: string,
  value: unknown,
  message: string,
  hint?: string,
): YuleError {
  return new YuleError({
    code,
    category: "data",
    argument,
    value,
    message,
    ...(hint === undefined ? {} : { hint }),
  });
}
