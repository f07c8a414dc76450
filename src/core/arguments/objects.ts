import { fieldsOf, show } from "../checks.js";
import { usageError, type YuleError } from "../errors.js";
import type { Fitted, Model, Process } from "../model.js";
import { type Panel, requireSeries } from "../series.js";

/** @throws YuleError `not-a-panel`, `not-a-series`. */
export function requirePanel(value: unknown, wants: string): Panel {
  if (!Array.isArray(value)) throw wrong("not-a-panel", "panel", value, `${wants} an array of series`);
  for (const series of value) requireSeries(series, `${wants} an array of series: each must be`);
  return value as Panel;
}

/** @throws YuleError `not-a-model`, with the way to make one. */
export function requireModel(value: unknown, wants: string): Model {
  const { fit, notation } = fieldsOf(value);
  if (typeof fit === "function" && typeof notation === "string") return value as Model;
  const way =
    typeof value === "string" ? `parseModel(${JSON.stringify(value)})` : 'naive() or parseModel("naive")';
  throw wrong("not-a-model", "model", value, `${wants} a model such as ${way}`);
}

/** @throws YuleError `not-a-model` unless it is an array of models. */
export function requireModels(value: unknown, verb: string): void {
  if (!Array.isArray(value))
    throw wrong("not-a-model", "models", value, `${verb} takes an array of models, such as [naive()]`);
  for (const model of value) requireModel(model, `${verb} takes an array of models: each must be`);
}

/** @throws YuleError `not-fitted`, with the way to fit. */
export function requireFitted<P, S>(value: Fitted<P, S>, verb: string): Fitted<P, S> {
  const { process, report, origin, notation, fit, then } = fieldsOf(value);
  const whole =
    isProcess(process) && fieldsOf(origin).inputNames !== undefined && fieldsOf(report).notes !== undefined;
  if (whole && typeof notation === "string") return value;
  let way = "what fit() returns";
  if (typeof fit === "function") way = "what fit() returns: call .fit(series) on this model first";
  if (typeof then === "function") way = "what fit() returns: await this promise first";
  if (Array.isArray(value)) way = "one fitted model: take one of this array";
  throw wrong("not-fitted", "fitted", value, `${verb} needs ${way}`);
}

/** @throws YuleError `not-a-process`. */
export function requireProcess<P, S>(value: Process<P, S>, verb: string): void {
  if (isProcess(value)) return;
  throw wrong(
    "not-a-process",
    "process",
    value,
    `${verb} needs the process of a fitted model, fitted.process`,
  );
}

/** @throws YuleError `not-a-distribution`. */
export function requireDistribution(value: unknown, wants: string): void {
  const { kind, quantile, cdf, sample } = fieldsOf(value);
  if (typeof kind === "string" && [quantile, cdf, sample].every((part) => typeof part === "function")) return;
  throw wrong("not-a-distribution", "distribution", value, `${wants} a distribution such as normal(0, 1)`);
}

/** @throws YuleError `not-a-stream`. */
export function requireStream(value: unknown, wants: string): void {
  const { uniform, fork } = fieldsOf(value);
  if (typeof uniform === "function" && typeof fork === "function") return;
  throw wrong("not-a-stream", "rng", value, `${wants} a stream of random numbers such as random(1)`);
}

function isProcess(value: unknown): boolean {
  const { kind, start, advance, conditional } = fieldsOf(value);
  return (
    typeof kind === "string" && [start, advance, conditional].every((part) => typeof part === "function")
  );
}

function wrong(code: string, argument: string, value: unknown, wanted: string): YuleError {
  return usageError(code, argument, value, `${wanted}, not ${show(value)}.`);
}
