import type { OptionName } from "./options.js";

/** What says how a file is read that is read series by series. */
export const READ_EACH: readonly OptionName[] = [
  ...(["time", "value", "id", "inputs", "period", "frequency", "missing", "zone", "date-order"] as const),
  ...([
    "decimal",
    "na",
    "strip",
    "skip",
    "delimiter",
    "encoding",
    "skip-bad-series",
    "sort",
    "format",
  ] as const),
];

/** What says how each series is fitted and forecast by itself. */
export const FIT_EACH: readonly OptionName[] = [
  ...(["model", "transform", "min", "max", "intervals", "horizon", "level", "paths", "seed"] as const),
];

/** How dates and numbers are written, where it cannot be told from them. */
const WRITTEN: readonly OptionName[] = [
  "date-order",
  "zone",
  "decimal",
  "na",
  "strip",
  "skip",
  "sheet",
  "delimiter",
  "encoding",
  "skip-bad-series",
];

/** What of the data is used, and at which step. */
const PREPARE: readonly OptionName[] = [
  "aggregate",
  "partial",
  "from",
  "to",
  "last",
  "only",
  "where",
  "exclude",
  "fill",
  "total",
];

/** Regressors that follow from the dates. */
const KNOWN_AHEAD: readonly OptionName[] = ["holidays", "holiday-window", "calendar", "events"];

/** Work on several machines. */
const CLUSTER: readonly OptionName[] = ["redis", "redis-wait", "batch-size", "batches-ahead"];

/** Headings of the help, and what stands under them. */
export const GROUPS: Readonly<Record<string, readonly OptionName[]>> = {
  "What to compute:": [
    "horizon",
    "test",
    "folds",
    "step",
    "gap",
    "window",
    "refit-every",
    "refit",
    "level",
    "model",
    "effort",
    "epochs",
    "time-budget",
    "transform",
    "min",
    "max",
    "intervals",
    "probability",
    "paths",
    "decode",
    "draft",
    "seed",
    "jobs",
  ],
  "The data:": [
    "time",
    "value",
    "id",
    "period",
    "frequency",
    ...PREPARE,
    "hierarchy",
    "reconcile",
    "missing",
    "inputs",
    "future",
    ...KNOWN_AHEAD,
    "inputs-unknown",
    "new",
    ...WRITTEN,
  ],
  "Several machines:": CLUSTER,
  "Files and output:": [
    "load",
    "save",
    "plot",
    "output",
    "failures",
    "resume",
    "sort",
    "fitted",
    "include-history",
    "all",
    "digits",
    "format",
    "safe-csv",
    "quiet",
    "verbose",
    "color",
  ],
};

/** Options every command has. */
export const COMMON: readonly OptionName[] = ["format", "output", "safe-csv", "quiet", "verbose", "color"];
/** Options of commands that read data. */
export const DATA: readonly OptionName[] = [
  "time",
  "value",
  "id",
  "period",
  "frequency",
  ...PREPARE,
  "missing",
  ...WRITTEN,
];
/** Options of commands that work on panels series by series. */
export const PANELS: readonly OptionName[] = ["failures", "resume", "sort", ...CLUSTER];
/** Options of commands that fit. */
export const MODEL: readonly OptionName[] = [
  "model",
  "effort",
  "epochs",
  "time-budget",
  "inputs",
  ...KNOWN_AHEAD,
  "transform",
  "min",
  "max",
  "intervals",
  "seed",
  "save",
  "load",
  "jobs",
];
/** Options of commands that forecast sums too. */
export const SUMS: readonly OptionName[] = ["hierarchy", "reconcile"];
