import type { Context } from "./context.js";
import type { OptionName } from "./options/options.js";

/** Does the work of a command and returns the exit code. */
export type Run = (
  context: Context,
  argument: string | undefined,
  second: string | undefined,
) => Promise<number>;

/** A command as it is declared: cheap to list in the help; what does the work is loaded when it is called. */
export interface CommandSpec {
  readonly name: string;
  /** Arguments as commander writes them, e.g. `[file]`. */
  readonly arguments: string;
  readonly summary: string;
  readonly description: string;
  readonly options: readonly OptionName[];
  readonly examples: readonly string[];
  /** Whether it writes a page, which has an ending of its own, and not rows. */
  readonly page?: true;
  readonly load: () => Promise<Run>;
}
