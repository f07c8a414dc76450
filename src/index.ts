export { interval, type Forecast, type Paths } from "./core/forecast.js";
export type { Distribution } from "./core/distribution.js";
export { YuleError, type ErrorCategory } from "./core/errors.js";
export type {
  Coefficient, FitOptions, FitReport, Fitted, Model, Note, Origin, Process, Progress, Replay,
} from "./core/model.js";
export { random, type Rng } from "./core/random.js";
export { series, slice, type Inputs, type Panel, type Series, type SeriesOptions } from "./core/series.js";
export type { Frequency, TimeAxis, TimeUnit } from "./core/time.js";
export { forecast, simulate, type ForecastOptions, type SimulateOptions } from "./engine/forecast.js";
export { replay } from "./engine/replay.js";
export { fittedValues, logLikelihood, residuals } from "./engine/residuals.js";
export { greedy, nucleus, roll, sampled, tempered, type Decode } from "./engine/roll.js";
export { refit, update } from "./engine/update.js";
export { drift, mean, naive, snaive } from "./models/baselines/index.js";
export type { Family, FamilyOption, ModelCall } from "./models/family.js";
export { canonical, families, parseModel, registerFamily } from "./models/registry.js";
export { load, save } from "./io/model-file.js";
