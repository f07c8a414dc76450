import { quoted } from "../../io/csv/numbers/flags.js";
import type { Context } from "../context.js";
import type { Looked } from "../inspection.js";
import { DATA } from "../options/groups.js";
import type { OptionName } from "../options/options.js";

/**
 * The command that goes on from here, ready to be copied: the file, what was decided and asked for about reading it, and for one
 * series the transformation and the model to start with.
 *
 * @param decided the flags that repeat what was found, e.g. `--time ds --value y`.
 */
export function nextCommand(
  { settings }: Context,
  file: string | undefined,
  decided: string,
  looked: readonly Looked[],
): string {
  const given = DATA.flatMap((name) => flagOf(name, settings[name]));
  const [only] = looked;
  const single = looked.length === 1 ? only! : null;
  const period = single?.foundPeriod ?? null;
  const { model, transform } = single?.item.advice ?? { model: null, transform: null };
  return [
    "yule forecast",
    file === undefined ? "-" : quoted(/^-./.test(file) ? `./${file}` : file),
    ...given,
    decided,
    ...(period === null || settings.period !== undefined ? [] : [`--period ${period}`]),
    ...(transform === null ? [] : [`--transform ${transform}`]),
    ...(model === null ? [] : [`--model "${model}"`]),
  ]
    .filter((part) => part !== "")
    .join(" ");
}

function flagOf(name: OptionName, value: unknown): string[] {
  if (value === undefined) return [];
  const text = Array.isArray(value) ? value.join(",") : String(value);
  return [`--${name} ${quoted(text)}`];
}
