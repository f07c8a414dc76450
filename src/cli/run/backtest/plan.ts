import { YuleError } from "../../../core/errors.js";
import type { Model } from "../../../core/model.js";
import type { Panel, Series } from "../../../core/series.js";
import { backtestHorizon } from "../../../evaluate/backtest.js";
import { type Fold, rollingOrigins } from "../../../evaluate/folds.js";
import { modelOf, modelsOf } from "../../families.js";
import type { Settings } from "../../options.js";
import { notationsOf } from "../../wrapping.js";

/** A series and where it is forecast from. */
export interface Scheduled {
  readonly series: Series;
  readonly folds: readonly Fold[];
}

/** What a backtest does, decided before any of it is done. */
export interface Plan {
  readonly models: readonly Model[];
  /** Notations of the models nobody asked for. */
  readonly baselines: readonly string[];
  readonly scheduled: readonly Scheduled[];
  /** Series without room for the folds, and why. */
  readonly leftOut: readonly { readonly id: string; readonly error: YuleError }[];
  readonly horizon: number;
  readonly step: number;
  readonly gap: number;
  readonly window: number | "expanding";
  readonly refit: number;
  readonly levels: readonly number[];
}

/** @throws YuleError of the notations, and that of the folds where they fit no series. */
export async function planOf(settings: Settings, panel: Panel): Promise<Plan> {
  const asked = distinct(await modelsOf(notationsOf(settings)));
  const baselines = baselinesFor(panel).filter((model) => !isAmong(model, asked, panel));
  const horizon = settings.horizon ?? backtestHorizon(panel);
  const { step = horizon, gap = 0, window = "expanding", refit = 1, level: levels = [80, 95] } = settings;
  const folds = settings.folds === undefined ? {} : { folds: settings.folds };
  const scheduled: Scheduled[] = [];
  const leftOut: { id: string; error: YuleError }[] = [];
  for (const series of panel) {
    try {
      scheduled.push({ series, folds: rollingOrigins(series, { horizon, step, gap, window, ...folds }) });
    } catch (error) {
      if (!(error instanceof YuleError)) throw error;
      leftOut.push({ id: series.id, error });
    }
  }
  if (scheduled.length === 0) throw leftOut[0]!.error;
  return {
    models: [...asked, ...baselines],
    baselines: baselines.map(({ notation }) => notation),
    scheduled,
    leftOut,
    horizon,
    step,
    gap,
    window,
    refit,
    levels,
  };
}

function baselinesFor(panel: Panel): Model[] {
  const seasonal = panel.some(({ period }) => period > 1);
  return ["naive", ...(seasonal ? ["snaive"] : []), "mean", "drift"].map(modelOf);
}

/** Also where it was asked for with the period it would take anyway. */
function isAmong({ notation }: Model, asked: readonly Model[], panel: Panel): boolean {
  const same = new Set([notation]);
  const periods = new Set(panel.map(({ period }) => period));
  if (periods.size === 1) same.add(`${notation}[${[...periods][0]}]`);
  return asked.some((model) => same.has(model.notation));
}

function distinct(models: readonly Model[]): Model[] {
  return [...new Map(models.map((model) => [model.notation, model])).values()];
}
