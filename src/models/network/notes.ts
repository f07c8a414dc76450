import type { Note } from "../../core/model.js";
import type { Panel } from "../../core/series.js";
import { kernelAvailable } from "../../neural/kernel/load.js";
import type { EpochReport } from "../../neural/training/train.js";
import type { TrainingJob } from "./training/train.js";

/** Fewer targets than this teach a network of the default size little. */
const FEW_TARGETS = 2000;

/** What a user should know about a training. */
export function trainingNotes(panel: Panel, job: TrainingJob, log: readonly EpochReport[]): Note[] {
  return [...endingNotes(log), ...dataNotes(panel, job), ...kernelNotes(job)];
}

function endingNotes(log: readonly EpochReport[]): Note[] {
  const { ending, epoch, loss } = log.at(-1)!;
  const best = log.findLast((report) => report.best);
  const kept =
    best === undefined
      ? "the weights as they were are kept"
      : `the best, of epoch ${best.epoch + 1}, are kept`;
  const why = {
    aborted: `Training was stopped in epoch ${epoch + 1}; ${kept}.`,
    time: `The time budget ended training in epoch ${epoch + 1}; ${kept}. A faster machine may reach more epochs.`,
    diverged: `The loss became ${loss} in epoch ${epoch + 1} and training stopped; ${kept}.`,
  } as const;
  if (ending !== "aborted" && ending !== "time" && ending !== "diverged") return [];
  return [
    { code: `training-${ending}`, severity: "warning", message: why[ending], details: { epoch: epoch + 1 } },
  ];
}

function dataNotes(panel: Panel, { data, plan }: TrainingJob): Note[] {
  const notes: Note[] = [];
  const targets = data.targets.reduce((sum, weight) => sum + weight, 0);
  if (targets < FEW_TARGETS) {
    const whose = panel.length === 1 ? panel[0]!.id : `the panel of ${panel.length} series`;
    notes.push({
      code: "little-data",
      severity: "warning",
      message: `${whose} has ${targets} values to train on, few for a network; compare with ets or arima.`,
      details: { targets },
    });
  }
  if (data.stretches.every(({ held, length }) => held === length)) {
    notes.push({
      code: "no-validation",
      severity: "warning",
      message: `No series is long enough for held-out values: the training loss decided when to stop, with windows of ${plan.steps} steps.`,
    });
  }
  const left = panel.length - data.stretches.length;
  if (left > 0) {
    notes.push({
      code: "series-left-out",
      severity: "info",
      message: `${left} series with fewer than two observed values were not used in training.`,
      details: { count: left },
    });
  }
  return notes;
}

function kernelNotes({ kernel }: TrainingJob): Note[] {
  if (kernel === "plain" || kernelAvailable(kernel)) return [];
  return [
    {
      code: "slow-kernel",
      severity: "warning",
      message: "WebAssembly is not allowed here; plain code gave the same numbers about thirty times slower.",
    },
  ];
}
