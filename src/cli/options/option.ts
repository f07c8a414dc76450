import type { Reader } from "./readers.js";

/** One option of the command line. */
export interface OptionSpec<T> {
  /** As commander writes them. */
  readonly flags: string;
  readonly summary: string;
  readonly read: Reader<T>;
  /** What a configuration file may hold for it. */
  readonly kind: "text" | "number" | "list" | "flag";
  /** May be given several times; the values are joined by commas, or by what stands here. */
  readonly many?: true | "\n";
  /** Accepted, but not in the help: a former name. */
  readonly hidden?: true;
}

export function option<T>(
  kind: OptionSpec<T>["kind"],
  flags: string,
  summary: string,
  read: Reader<T>,
  many?: true | "\n",
): OptionSpec<T> {
  return { flags, summary, read, kind, ...(many === undefined ? {} : { many }) };
}

/** The values of an option that was given several times, as one text. */
export function joined(values: readonly unknown[], { many }: Pick<OptionSpec<unknown>, "many">): string {
  return values.join(many === "\n" ? "\n" : ",");
}
