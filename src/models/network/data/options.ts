import { usageError } from "../../../core/errors.js";
import { choiceFrom } from "../../contract/choice.js";
import { type Kind, list, number, orNull, text, whole, word } from "../../contract/kinds.js";
import { type ChoiceOf, type Form, type OptionsOf, option } from "../../contract/schema.js";
import { MOST_TOKENS } from "./tokens.js";

const MOST_STEPS = 10_000;

const steps = orNull(whole(1, MOST_STEPS));
const share = number({ from: 0, to: 1 });

/** A whole number that layers of the kernels can be cut into. */
function multipleOf(of: number, most: number): Kind<number> {
  const kind = whole(of, most);
  return {
    ...kind,
    wanted: `a multiple of ${of} from ${of} to ${most}`,
    accepts: (value): value is number => kind.accepts(value) && value % of === 0,
  };
}

/** A number, or −Infinity for none, which is written `none`. */
const lowerBound: Kind<number | null> = orNull({
  ...number(),
  wanted: "a finite number or none",
  values: "text",
  accepts: (value): value is number => Number.isFinite(value) || value === Number.NEGATIVE_INFINITY,
  read: (written) => (written === "none" ? Number.NEGATIVE_INFINITY : number().read(written)),
  write: (value) => (value === Number.NEGATIVE_INFINITY ? "none" : String(value)),
});

/** What differs between families. */
export interface NetworkDefaults {
  readonly layers: number;
  /** What a layer is, as in "stacked LSTM layers". */
  readonly ofLayers: string;
  readonly hidden: number;
  readonly dropout: number;
}

/** The options of a family of networks. */
export function networkOptions(defaults: NetworkDefaults) {
  return {
    /** Distribution of a value given its past; default `student-t`. `negative-binomial` is for counts, `categorical` makes values tokens. */
    likelihood: option(word("student-t", "normal", "negative-binomial", "categorical"), {
      default: "student-t",
      summary:
        "distribution of a value given its past; negative-binomial is for counts, categorical makes values tokens",
    }),
    /** What the tokens of a categorical head stand for: bins of about as many values each (`quantile`, the default), of one width (`uniform`), or `counts`. */
    tokens: option(word("quantile", "uniform", "counts"), {
      default: "quantile",
      summary: "tokens of likelihood=categorical: bins of as many values each, of one width, or counts",
    }),
    /** Bins of a categorical head, a multiple of 4 up to 256; default 64. */
    bins: option(multipleOf(4, MOST_TOKENS), {
      default: 64,
      summary: "bins of likelihood=categorical, a multiple of 4",
    }),
    /** Layers, 1 to 8; default 2 of deepar. */
    layers: option(whole(1, 8), { default: defaults.layers, summary: defaults.ofLayers }),
    /** Hidden units a layer, a multiple of 4 up to 512; default 40 of deepar. */
    hidden: option(multipleOf(4, 512), {
      default: defaults.hidden,
      summary: "hidden units a layer, a multiple of 4",
    }),
    /** Steps of the past in a training window; default as many as the horizon, at least a period and at most 168. */
    context: option(steps, {
      unset: "the horizon, at least a period",
      summary: "steps of the past in a training window",
    }),
    /**
     * Steps ahead that training has in mind; default those of the forecast that is asked for (`horizon` of the fit), at
     * most half a series, else two periods, at most 48 and a quarter of a series, or 10. Forecasts may go further.
     */
    horizon: option(steps, {
      unset: "that of the requested forecast; else two periods, at most 48 or a quarter of a series, or 10",
      summary: "steps ahead in training; forecasts may be longer",
    }),
    /** How many steps back the network looks; default by frequency. */
    lags: option(
      orNull(
        list(
          whole(1, MOST_STEPS),
          `ascending whole numbers from 1 to ${MOST_STEPS}, such as 1+2+12`,
          (lags) => lags.length > 0 && lags.every((lag, i) => lag > (lags[i - 1] ?? 0)),
        ),
      ),
      { unset: "by frequency", summary: "lags that the network uses, as in 1+2+12" },
    ),
    /** Static categories: `"id"` for the series' own, or regressors that hold a code; default none. */
    categories: option(list(text, "names of categories, such as id+store"), {
      default: [],
      shown: "none",
      summary: "static categories: id, or inputs that hold codes, as in id+store",
    }),
    /** Epochs at most; default 300. Training stops earlier when nothing improves. */
    epochs: option(whole(1, 100_000), { default: 300, summary: "epochs at most" }),
    /** Batches an epoch; default 50. */
    batches: option(whole(1, 100_000), { default: 50, summary: "batches an epoch" }),
    /** Windows a batch, a multiple of 8; default 32. */
    batch: option(multipleOf(8, 1024), { default: 32, summary: "windows a batch, a multiple of 8" }),
    /** Learning rate at the start; default 0.003. */
    rate: option(number({ above: 0, to: 1 }), { default: 0.003, summary: "learning rate at the start" }),
    /** Share of units left out between layers while training, below 1; default 0.2 of deepar. */
    dropout: option(number({ from: 0, to: 0.9 }), {
      default: defaults.dropout,
      summary: "share of units left out between layers while training",
    }),
    /** Decoupled weight decay; default 1e-8. */
    decay: option(share, { default: 1e-8, summary: "decoupled weight decay" }),
    /** Share of training steps that are fed the model's own draws instead of the past; default 0. */
    scheduled: option(share, {
      default: 0,
      summary: "share of past values replaced by the model's own draws while training",
    }),
    /** Windows are drawn from all series alike (`uniform`, the default) or in proportion to their `scale`. */
    sampling: option(word("uniform", "scale"), {
      default: "uniform",
      summary: "draw training windows from all series alike, or in proportion to their scale",
    }),
    /** Seconds after which training stops with the best weights so far; default no limit. */
    timeBudget: option(orNull(number({ above: 0, to: 1e9 })), {
      unset: "no limit",
      summary: "seconds after which training stops with the best weights so far",
      aliases: ["seconds"],
    }),
    /** Bound no value goes below; default 0 where no training value is negative. −Infinity for none. */
    min: option(lowerBound, {
      unset: "0 where no value is negative",
      summary: "bound that no value goes below, or none",
    }),
    /** Bound no value exceeds; default none. */
    max: option(orNull(number()), { unset: "none", summary: "bound that no value exceeds" }),
    /** Whether interval widths are corrected by what forecasts of held-out rows missed; default `calibrated`. */
    intervals: option(word("calibrated", "own"), {
      default: "calibrated",
      summary: "calibrate interval widths on held-out rows, or use the network's own",
    }),
    /** `half`: weights are rounded to half precision after training, so that saved models take half the space; default `single`. */
    precision: option(word("single", "half"), {
      default: "single",
      summary: "half rounds the weights after training: model files take half the space",
    }),
    /** `fused` trains faster where relaxed SIMD is known (Node 22), with other last bits; default `strict`. */
    kernel: option(word("strict", "fused", "plain"), {
      default: "strict",
      summary: "strict has the same bits everywhere, fused is faster on Node 22 and later",
    }),
  };
}

/** Options of a family of networks. */
export interface NetworkOptions extends OptionsOf<NetworkSchema> {
  /** @deprecated Use `timeBudget`. */
  readonly seconds?: number | null;
}

export type NetworkSchema = ReturnType<typeof networkOptions>;

export type Settings = ChoiceOf<NetworkSchema>;

/** The options with their defaults. @throws YuleError `bad-<option>`. */
export function settingsOf(form: Form<NetworkSchema>, options: NetworkOptions): Settings {
  const settings = choiceFrom(form, options);
  requireBounds(settings);
  return settings;
}

function noBoundOfBins(name: "min" | "max", bound: number): Error {
  const message = `Bins have no ${name} of ${bound}; leave it out, or use tokens=counts for counts, else likelihood=student-t.`;
  return usageError(`bad-${name}`, name, bound, message);
}

/** @throws YuleError `bad-min`, `bad-max` for bounds that do not go together or with counts. */
export function requireBounds({ min, max, likelihood, tokens }: Settings): void {
  if (min !== null && max !== null && !(min < max)) {
    throw usageError("bad-min", "min", min, `The min must lie below the max, ${max}, not at ${min}.`);
  }
  const bins = likelihood === "categorical" && tokens !== "counts";
  if (bins && max !== null) throw noBoundOfBins("max", max);
  if (bins && min !== null && min !== 0 && min !== Number.NEGATIVE_INFINITY) throw noBoundOfBins("min", min);
  if (bins || (likelihood !== "negative-binomial" && likelihood !== "categorical")) return;
  if (min !== null && min > 0) {
    const message = `Counts begin at 0: a min of ${min} does not go with ${likelihood}; leave it out, or use likelihood=student-t.`;
    throw usageError("bad-min", "min", min, message);
  }
  if (max !== null && !Number.isInteger(max)) {
    throw usageError("bad-max", "max", max, `The max of counts must be a whole number, not ${max}.`);
  }
}
