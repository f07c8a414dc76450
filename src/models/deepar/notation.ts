import type { FamilyOption, ModelCall } from "../family.js";
import { badModel, writeNotation } from "../notation.js";
import { DEFAULTS, type DeepArOptions, type Settings } from "./data/options.js";

/** How an option is written in a notation, and what it is. */
interface Written extends FamilyOption {
  readonly key: keyof Settings;
  readonly read: (text: string) => unknown;
  readonly write: (value: never) => string | number;
}

const number = { values: "number", read: Number, write: (value: number) => value } as const;
const integer = { values: "integer", read: Number, write: (value: number) => value } as const;
const word = { read: (text: string) => text, write: (value: string) => value } as const;
/** Lists stand in one argument, joined by plus signs. */
const list = { values: "text", write: (value: readonly (string | number)[]) => value.join("+") } as const;

const OPTIONS: readonly Written[] = [
  {
    name: "likelihood",
    key: "likelihood",
    ...word,
    values: ["student-t", "normal", "negative-binomial"],
    default: DEFAULTS.likelihood,
    summary: "distribution of a value given its past; negative-binomial is for counts",
  },
  {
    name: "layers",
    key: "layers",
    ...integer,
    default: `${DEFAULTS.layers}`,
    summary: "stacked LSTM layers",
  },
  {
    name: "hidden",
    key: "hidden",
    ...integer,
    default: `${DEFAULTS.hidden}`,
    summary: "hidden units a layer, a multiple of 4",
  },
  {
    name: "context",
    key: "context",
    ...integer,
    default: "the horizon, at least a period",
    summary: "steps of the past in a training window",
  },
  {
    name: "horizon",
    key: "horizon",
    ...integer,
    default: "two periods, at most 48 or a quarter of a series, or 10",
    summary: "steps ahead that training has in mind; forecasts may go further",
  },
  {
    name: "lags",
    key: "lags",
    ...list,
    read: (text) => text.split("+").map(Number),
    default: "by frequency",
    summary: "how many steps back the network looks, as in 1+2+12",
  },
  {
    name: "categories",
    key: "categories",
    ...list,
    read: (text) => text.split("+").map((name) => name.trim()),
    default: "none",
    summary: "static categories: id, or inputs that hold codes, as in id+store",
  },
  { name: "epochs", key: "epochs", ...integer, default: `${DEFAULTS.epochs}`, summary: "epochs at most" },
  {
    name: "batches",
    key: "batches",
    ...integer,
    default: `${DEFAULTS.batches}`,
    summary: "batches an epoch",
  },
  {
    name: "batch",
    key: "batch",
    ...integer,
    default: `${DEFAULTS.batch}`,
    summary: "windows a batch, a multiple of 8",
  },
  {
    name: "rate",
    key: "rate",
    ...number,
    default: `${DEFAULTS.rate}`,
    summary: "learning rate at the start",
  },
  {
    name: "dropout",
    key: "dropout",
    ...number,
    default: `${DEFAULTS.dropout}`,
    summary: "share of units left out between layers while training",
  },
  { name: "decay", key: "decay", ...number, default: `${DEFAULTS.decay}`, summary: "decoupled weight decay" },
  {
    name: "scheduled",
    key: "scheduled",
    ...number,
    default: `${DEFAULTS.scheduled}`,
    summary: "share of past values replaced by the model's own draws while training",
  },
  {
    name: "sampling",
    key: "sampling",
    ...word,
    values: ["uniform", "scale"],
    default: DEFAULTS.sampling,
    summary: "draw training windows from all series alike, or in proportion to their scale",
  },
  {
    name: "time-budget",
    key: "seconds",
    ...number,
    default: "no limit",
    summary: "seconds after which training stops with the best weights so far",
  },
  {
    name: "min",
    key: "min",
    values: "text",
    read: (text) => (text === "none" ? Number.NEGATIVE_INFINITY : Number(text)),
    write: (value: number) => (value === Number.NEGATIVE_INFINITY ? "none" : value),
    default: "0 where no value is negative",
    summary: "bound that no value goes below, or none",
  },
  { name: "max", key: "max", ...number, default: "none", summary: "bound that no value exceeds" },
  {
    name: "intervals",
    key: "intervals",
    ...word,
    values: ["calibrated", "own"],
    default: DEFAULTS.intervals,
    summary: "correct interval widths by what forecasts of held-out rows missed, or take the network's own",
  },
  {
    name: "kernel",
    key: "kernel",
    ...word,
    values: ["strict", "fused", "plain"],
    default: DEFAULTS.kernel,
    summary: "strict has the same bits everywhere, fused is faster on Node 22 and later",
  },
];

/** The options as the registry shows and checks them. */
export const FAMILY_OPTIONS: readonly FamilyOption[] = OPTIONS.map(
  ({ name, values, default: value, summary }) => ({
    name,
    values,
    default: value,
    summary,
  }),
);

/** The canonical notation: what differs from the defaults, in one order. */
export function notationOf(settings: Settings): string {
  const written = OPTIONS.flatMap(({ name, key, write }) => {
    const text = settings[key] === null ? null : write(settings[key] as never);
    const standard = DEFAULTS[key] === null ? null : write(DEFAULTS[key] as never);
    return text === null || text === standard ? [] : [[name, text] as const];
  });
  return writeNotation("deepar", [], written);
}

/** @throws YuleError `bad-model` for positional arguments and numbers that are none. */
export function optionsOf({ groups, options }: ModelCall): DeepArOptions {
  if (groups.flat().length > 0) {
    throw badModel(
      `deepar(${groups.flat().join(", ")})`,
      "takes options only, as in deepar(hidden=40, layers=2)",
    );
  }
  const read = OPTIONS.flatMap(({ name, key, read }) => {
    const text = options.get(name);
    if (text === undefined) return [];
    const value = read(text);
    if (Number.isNaN(value)) throw badModel(`deepar(${name}=${text})`, `needs a number as its ${name}`);
    return [[key, value]];
  });
  return Object.fromEntries(read) as DeepArOptions;
}
