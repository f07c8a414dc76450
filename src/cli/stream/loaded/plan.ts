import { statSync } from "node:fs";
import type { CsvOptions } from "../../../io/csv-options.js";
import { load } from "../../../io/model-file.js";
import { isLinesName } from "../../../io/model-files.js";
import { ModelIndex } from "../../../io/stream/model-index.js";
import { loadFamilies } from "../../../select/catalogue.js";
import { type Context, pathIn } from "../../context.js";
import { givenInputs } from "../../future.js";
import { exclude, FITTED } from "../../options/settings.js";
import { quietly } from "../growing.js";

/** Settings of fitting. */

/** The saved models of a run that is worked on series by series. */
export interface Loaded {
  readonly name: string;
  readonly index: ModelIndex;
  /** How rows for the models are read where nothing else is said: the columns of the inputs that they learned from. */
  readonly reading: CsvOptions;
}

/** A file of models of one a line, of several series; null for any other, which is read at once. */
export async function loadedFrom({ settings, shell }: Context): Promise<Loaded | null> {
  const name = settings.load;
  if (name === undefined || !isLinesName(name)) return null;
  const path = pathIn(shell, name);
  if (quietly(() => statSync(path).isFile()) !== true) return null;
  for (const option of FITTED) exclude(settings, "load", option, "a loaded model is fitted already");
  const index = quietly(() => ModelIndex.of(path));
  if (index === null) return null;
  if (index.series < 2) {
    index.end();
    return null;
  }
  const first = index.textAt(0);
  await loadFamilies([first]);
  const inputs = givenInputs([load(first, name)]);
  return { name, index, reading: inputs.length === 0 ? {} : { inputs } };
}
