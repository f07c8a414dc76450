// A process of the gallery's runner: tries models on series, one message in and one out each.
import { draw, GALLERY } from "../gallery/gallery.js";
import { type Trial, tryModel } from "../gallery/trial.js";

export interface Work {
  readonly generator: string;
  readonly seed: number;
  readonly models: readonly string[];
}

export interface Done extends Work {
  readonly trials: Readonly<Record<string, Trial>>;
}

process.on("message", ({ generator, seed, models }: Work) => {
  const found = GALLERY.find(({ name }) => name === generator)!;
  const series = draw(found, seed);
  const trials = Object.fromEntries(models.map((model) => [model, tryModel(model, found, series)]));
  process.send!({ generator, seed, models, trials } satisfies Done);
});
process.on("disconnect", () => process.exit(0));
