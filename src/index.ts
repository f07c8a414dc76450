/** Every public name of the browser-safe library. Files and standard input are in `yule/node`. */

// Data, models, forecasts
export type { Distribution } from "./core/distribution.js";
export { type ErrorCategory, YuleError } from "./core/errors.js";
export { type Forecast, interval, type Paths } from "./core/forecast.js";
export type { InputRule, InputRules } from "./core/input-rule.js";
export type {
  Calibration,
  Coefficient,
  FitOptions,
  FitReport,
  Fitted,
  Model,
  Note,
  Origin,
  Process,
  Progress,
  Replay,
} from "./core/model.js";
export { type Rng, random } from "./core/random.js";
export { type Inputs, type Panel, type Series, type SeriesOptions, series, slice } from "./core/series.js";
export type { ThreadJob, Threads } from "./core/threads.js";
export type { Frequency, TimeAxis, TimeUnit } from "./core/time/time.js";
export { checkResiduals } from "./engine/check-residuals.js";
export { type Components, components } from "./engine/components.js";
export { type Decode, greedy, nucleus, sampled, tempered, topK } from "./engine/decoding/decoders.js";
export type { Decoding } from "./engine/decoding/notation.js";
export { type ForecastOptions, forecast, type SimulateOptions, simulate } from "./engine/forecast.js";
export { type ForecastRow, forecastRows } from "./engine/forecast-rows.js";
export { type EventProbability, probability } from "./engine/probability.js";
export { replay } from "./engine/replay.js";
export { fittedValues, logLikelihood, residuals } from "./engine/residuals.js";
export { roll } from "./engine/roll.js";
export { apply, refit, update } from "./engine/update.js";
// Evaluation
export { type Accuracy, accuracy } from "./evaluate/accuracy.js";
export {
  type Anomalies,
  type AnomalyKind,
  type AnomalyOptions,
  anomalies,
  type JudgedRow,
} from "./evaluate/anomalies/anomalies.js";
export { type EvaluateOptions, type Evaluation, evaluate } from "./evaluate/evaluate.js";
export type { Comparison, ModelScore } from "./evaluate/leaderboard.js";
export type { HorizonScores, Scores } from "./evaluate/scores/scores.js";
export { parseCsv } from "./io/csv/parse-csv.js";
export { type DataRecord, fromRecords } from "./io/from-records.js";
export { load, save } from "./io/model-file.js";
// Models
export { assembleFit, type Findings } from "./models/contract/assemble.js";
export {
  type Definition,
  defineModel,
  type Given,
  makeModel,
} from "./models/contract/define.js";
export * as kinds from "./models/contract/kinds.js";
export { type ChoiceOf, type OptionsOf, option } from "./models/contract/schema.js";
export * from "./models/families.js";
export type { Family, FamilyOption, ModelCall } from "./models/family.js";
export { type MissingPolicy, withMissing } from "./models/missing.js";
export * from "./moved.js";
export * from "./moved-names.js";
// From raw data to a series
export { type AggregateOptions, aggregate } from "./prepare/aggregate.js";
export type { AggregateBy } from "./prepare/aggregate-values.js";
export { calendar } from "./prepare/calendar/calendar.js";
export { type CalendarEvent, events } from "./prepare/calendar/events.js";
export { type FillWith, fill, only, total } from "./prepare/panel.js";
export { exclude, type WindowOptions, window } from "./prepare/window.js";
// Hierarchies
export {
  type Hierarchy,
  hierarchy,
  type Reconciled,
  type ReconcileMethod,
  type ReconcileOptions,
  reconcile,
} from "./reconcile/index.js";
// Panels
export { type Backtest, type BacktestOptions, backtest } from "./run/backtest/backtest.js";
export { fitAll, type PanelOptions } from "./run/fit-all.js";
export { forecastAll, forecastEach, type PanelForecastOptions } from "./run/forecast-all.js";
export type { SeriesOutcome } from "./run/outcome.js";
// Selection and combination
export { type AutoOptions, auto } from "./select/auto/index.js";
export { type AutoArimaOptions, autoArima } from "./select/auto-arima/index.js";
export { type AutoEtsOptions, autoEts } from "./select/auto-ets/index.js";
export { type CalibratedOptions, type CalibrationMethod, calibrated } from "./select/calibrated/index.js";
export { canonical, families, loadFamilies, parseModel, registerFamily } from "./select/catalogue.js";
export {
  type EnsembleDetails,
  type EnsembleFitted,
  type EnsembleMember,
  type EnsembleOptions,
  ensemble,
} from "./select/ensemble/index.js";
export {
  type DeepArOptions,
  deepar,
  type RasterOptions,
  raster,
  type TransformerOptions,
  transformer,
  type WaveNetOptions,
  wavenet,
} from "./select/neural.js";
export { uncertain } from "./select/uncertain/index.js";
