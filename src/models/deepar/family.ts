import type { Process } from "../../core/model.js";
import type { Family } from "../family.js";
import { deepar } from "./deepar.js";
import { FAMILY_OPTIONS, optionsOf } from "./notation.js";
import { deepArProcess } from "./process.js";

/** `deepar`, `deepar(hidden=40, layers=2, likelihood=student-t)`. */
export const deepArFamily: Family = {
  name: "deepar",
  summary: "recurrent network that learns from all series of a panel and forecasts by sampled paths",
  forms: [
    "deepar",
    "deepar(hidden=40, layers=2, likelihood=student-t)",
    "deepar(likelihood=negative-binomial)",
  ],
  options: FAMILY_OPTIONS,
  inputs: true,
  seasonal: false,
  processes: [deepArProcess as Process<unknown, unknown>],
  build: (call) => deepar(optionsOf(call)),
};
