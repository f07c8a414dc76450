import type { Model } from "../../../core/model.js";
import type { Series } from "../../../core/series.js";
import type { Outline } from "../../../evaluate/folds.js";
import { rollingSchedule, type Schedule } from "../../../run/backtest/schedule.js";
import type { Context } from "../../context.js";
import type { Data } from "../../data.js";
import { modelOf, modelsOf } from "../../families.js";
import { notationsOf } from "../../options/wrapping.js";
import { officialSchedule } from "./official.js";

/** What is known of a series before its values are read. */
export type Sketch = Outline & { readonly inputs: Pick<Series["inputs"], "names" | "rules"> };

/** What a backtest does, decided before any of it is done. */
export interface Plan<S extends Sketch = Sketch> extends Schedule<S> {
  readonly models: readonly Model[];
  /** Notations of the models nobody asked for. */
  readonly baselines: readonly string[];
  readonly gap: number;
  readonly window: number | "expanding";
  readonly refit: number;
  readonly levels: readonly number[];
  /** Whether forecasts take the regressors that came. */
  readonly inputs: "known" | "withheld";
  /** The file with the official test part, or null where the past of the series is forecast. */
  readonly test: string | null;
}

/** @throws YuleError of the notations, and that of the folds where they fit no series. */
export async function planOf(context: Context, { panel, decisions }: Data): Promise<Plan<Series>> {
  const { settings } = context;
  const { test } = settings;
  if (test === undefined) return rollingPlan(context, panel);
  return planned(context, panel, await officialSchedule(context, test, panel, decisions));
}

/** The plan for forecasts of the past of the series. @throws YuleError as `planOf` does. */
export function rollingPlan<S extends Sketch>(context: Context, panel: readonly S[]): Promise<Plan<S>> {
  return planned(context, panel, rollingSchedule(panel, context.settings));
}

async function planned<S extends Sketch>(
  { settings }: Context,
  panel: readonly S[],
  schedule: Schedule<S>,
): Promise<Plan<S>> {
  const asked = distinct(await modelsOf(notationsOf(settings)));
  const baselines = baselinesFor(panel).filter((model) => !isAmong(model, asked, panel));
  const { gap = 0, window = "expanding", level: levels = [80, 95] } = settings;
  if (schedule.scheduled.length === 0) throw schedule.leftOut[0]!.error;
  return {
    models: [...asked, ...baselines],
    baselines: baselines.map(({ notation }) => notation),
    ...schedule,
    gap,
    window,
    refit: settings["refit-every"] ?? settings.refit ?? 1,
    levels,
    inputs: settings["inputs-unknown"] === true ? "withheld" : "known",
    test: settings.test ?? null,
  };
}

function baselinesFor(panel: readonly Sketch[]): Model[] {
  const seasonal = panel.some(({ period }) => period > 1);
  return ["naive", ...(seasonal ? ["snaive"] : []), "mean", "drift"].map(modelOf);
}

/** Also where it was asked for with the period it would take anyway. */
function isAmong({ notation }: Model, asked: readonly Model[], panel: readonly Sketch[]): boolean {
  const same = new Set([notation]);
  const periods = new Set(panel.map(({ period }) => period));
  if (periods.size === 1) same.add(`${notation}[${[...periods][0]}]`);
  return asked.some((model) => same.has(model.notation));
}

function distinct(models: readonly Model[]): Model[] {
  return [...new Map(models.map((model) => [model.notation, model])).values()];
}
