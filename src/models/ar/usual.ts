import type { Model } from "../../core/model.js";
import { makeModel } from "../contract/define.js";
import { type ArFitted, type ArModelOptions, arWith } from "./definition.js";
import { burg } from "./estimation/burg.js";

const definition = arWith({ burg: { estimate: burg } });

/** `ar` by maximum likelihood or Burg's method: a page with `auto` does not load the others. */
export function usualAr(
  options: Omit<ArModelOptions, "method"> & { readonly method?: "mle" | "burg" },
): Model<ArFitted> {
  return makeModel(definition, options);
}
