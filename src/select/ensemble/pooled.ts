import type { FitReport, Fitted, Note, Replay } from "../../core/model.js";
import type { Series } from "../../core/series.js";
import { replay } from "../../engine/replay.js";
import { largestOf } from "../../math/extremes.js";
import { originOf } from "../../models/origin.js";
import { type Closed, type EnsembleState, ensembleProcess, type Unseen } from "./process.js";
import type { StoppedFrom } from "./stopped.js";

/** What values can be, besides what the members say. */
export interface Limits {
  /** A bound below which no value lies; default: none. */
  readonly lowest?: number;
  /** A bound above which no value lies; default: none. */
  readonly highest?: number;
  /** All values are above 0, so that a member that leads to 0 or below within a default horizon is wrong. */
  readonly positive?: true;
  /** Positions of the season at which nothing was ever observed; default: none. */
  readonly unseen?: Unseen;
  /** Positions of the season at which all was 0; default: none. */
  readonly closed?: Closed;
  /** Zeros that follow the series; default: none. */
  readonly stopped?: StoppedFrom;
}

/** What `report.details` of a combination has. */
export type EnsembleDetails = {
  readonly sigma2Definition: string;
  readonly members: readonly EnsembleMember[];
};

/** A model of a combination, with its weight in the average. */
export interface EnsembleMember
  extends Pick<FitReport, "coefficients" | "sigma2" | "logLikelihood" | "aicc"> {
  /** Its notation. */
  readonly model: string;
  readonly weight: number;
}

/** A fitted combination; without `members` where none could be fitted and the (seasonal) naive model stands for them. */
export type EnsembleFitted = Fitted<unknown, unknown, Partial<EnsembleDetails>>;

/** A fitted pool of fitted models of one series. */
export function pooled(
  fits: readonly Fitted[],
  weights: readonly number[],
  series: Series,
  notes: readonly Note[],
  { positive: _, ...bounds }: Limits = {},
): Fitted<unknown, unknown, EnsembleDetails> {
  const process = ensembleProcess(fits.map((fit) => fit.process));
  const params = { members: fits.map((fit) => fit.params), weights, origin: series.y.length, ...bounds };
  let known: Replay<EnsembleState> | null = null;
  const replayed = () => (known ??= replay(process, params, withKnownInputs(series)));
  const corrected = fits.filter(({ calibration }) => calibration !== undefined).map(uncorrectedNote);
  const own = fits.flatMap((fit) =>
    fit.report.notes.map((note) => ({
      ...note,
      message: `${fit.notation}: ${note.message}`,
      details: { ...note.details, member: fit.notation },
    })),
  );
  return {
    notation: notationOf(fits),
    process,
    params,
    state: stateOf(fits, weights, series) ?? replayed().state,
    report: reportOf(fits, weights, [...notes, ...corrected, ...own], replayed),
    origin: {
      ...originOf(series),
      inputNames: fits.some(({ origin }) => origin.inputNames.length > 0) ? series.inputs.names : [],
    },
    history: series,
  };
}

/** The members' own states, where each has seen the very values; null where it may have seen others in the place of missing ones. */
function stateOf(fits: readonly Fitted[], weights: readonly number[], { y }: Series): EnsembleState | null {
  const alike = fits.every(({ origin }) => origin.length === y.length);
  if (!alike || y.some(Number.isNaN)) return null;
  return { rows: y.length, members: fits.map(({ state }) => state), weights };
}

/** Rows without a value need no inputs, but a replay asks for some: any number does there. */
function withKnownInputs(series: Series): Series {
  const { columns } = series.inputs;
  if (!columns.some((column) => column.some(Number.isNaN))) return series;
  const filled = columns.map((column) => column.map((value) => (Number.isNaN(value) ? 0 : value)));
  return { ...series, inputs: { ...series.inputs, columns: filled } };
}

/** A combination of which one member is left is that model. */
function notationOf(fits: readonly Fitted[]): string {
  return fits.length === 1 ? fits[0]!.notation : `ensemble(${fits.map((fit) => fit.notation).join(",")})`;
}

function uncorrectedNote({ notation }: Fitted): Note {
  return {
    code: "calibration-dropped",
    severity: "warning",
    message: `An ensemble uses its members' own intervals, not the calibrated ones of ${notation}; write calibrated(ensemble(…)) to calibrate the ensemble.`,
    details: { model: notation },
  };
}

/** A pool has no coefficients of its own: its members' reports are in the details. What takes a replay waits until it is asked for. */
function reportOf(
  fits: readonly Fitted[],
  weights: readonly number[],
  notes: readonly Note[],
  replayed: () => Replay<EnsembleState>,
): FitReport<EnsembleDetails> {
  return {
    observations: largestOf(fits.map(({ report }) => report.observations)),
    coefficients: [],
    covariance: null,
    get sigma2() {
      return meanSquare(replayed().residuals);
    },
    get logLikelihood() {
      return replayed().logLikelihood;
    },
    aic: Number.NaN,
    aicc: Number.NaN,
    bic: Number.NaN,
    converged: fits.every(({ report }) => report.converged),
    notes,
    details: {
      sigma2Definition: "mean of squared one-step errors of the pooled mean",
      members: fits.map(({ notation, report }, k) => ({
        model: notation,
        weight: weights[k]!,
        coefficients: report.coefficients,
        sigma2: report.sigma2,
        logLikelihood: report.logLikelihood,
        aicc: report.aicc,
      })),
    },
  };
}

function meanSquare(residuals: Float64Array): number {
  let sum = 0;
  let count = 0;
  for (const residual of residuals) {
    if (Number.isNaN(residual)) continue;
    sum += residual * residual;
    count++;
  }
  return sum / Math.max(1, count);
}
