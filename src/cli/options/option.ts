import type { Reader } from "./readers.js";

/** One option of the command line. */
export interface OptionSpec<T> {
  /** As commander writes them. */
  readonly flags: string;
  readonly summary: string;
  readonly read: Reader<T>;
  /** What a configuration file may hold for it. */
  readonly kind: "text" | "number" | "list" | "flag";
  /** May be given several times; the values are joined by commas. */
  readonly many?: true;
  /** Accepted, but not in the help: a former name. */
  readonly hidden?: true;
}

export function option<T>(
  kind: OptionSpec<T>["kind"],
  flags: string,
  summary: string,
  read: Reader<T>,
  many?: true,
): OptionSpec<T> {
  return { flags, summary, read, kind, ...(many === undefined ? {} : { many }) };
}
