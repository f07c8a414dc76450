import { type Generator, KINDS } from "./generator.js";
import type { Trial } from "./trial.js";

/** What became of one generator, all seeds together. */
export interface Row {
  readonly name: string;
  readonly kind: string;
  readonly error: number;
  readonly best: string;
  readonly bestError: number;
  /** Error over that of the best single model after the fact, and over that of (seasonal) naive. */
  readonly ratio: number;
  readonly toNaive: number;
  readonly held80: number;
  readonly held95: number;
  readonly meansInside: number;
  readonly farthest: number;
  readonly seconds: number;
  readonly failures: readonly string[];
  readonly said: string;
  /** The five best single models with their errors, best first. */
  readonly leaders: readonly (readonly [string, number])[];
}

/** Errors of exact data are near 0: a hundredth of the range is added to both sides of a ratio. */
const EXACT_OFFSET = 0.01;

/** Compares the trials of one model with those of the single models and of (seasonal) naive, each a list by seed. */
export function rowOf(
  generator: Generator,
  own: readonly Trial[],
  singles: ReadonlyMap<string, readonly Trial[]>,
  naive: readonly Trial[],
): Row {
  const offset = generator.exact === true ? EXACT_OFFSET : 0;
  const mean = (trials: readonly Trial[], value: (trial: Trial) => number) =>
    trials.reduce((sum, trial) => sum + value(trial), 0) / trials.length;
  const ranking = [...singles]
    .map(([name, trials]) => [name, mean(trials, ({ error }) => error)] as const)
    .filter(([, error]) => Number.isFinite(error))
    .sort(([, a], [, b]) => a - b);
  const [best, bestError] = ranking[0] ?? ["none", Number.NaN];
  const good = own.filter(({ failure }) => failure === null);
  const error = mean(good, (trial) => trial.error);
  const naiveError = mean(naive, (trial) => trial.error);
  return {
    name: generator.name,
    kind: generator.kind,
    error,
    best,
    bestError,
    ratio: (error + offset) / (bestError + offset),
    toNaive: (error + offset) / (naiveError + offset),
    held80: 100 * mean(good, (trial) => trial.held80),
    held95: 100 * mean(good, (trial) => trial.held95),
    meansInside: 100 * mean(good, (trial) => trial.meansInside),
    farthest: good.reduce((most, trial) => Math.max(most, trial.farthest), 0),
    seconds: mean(own, (trial) => trial.seconds),
    failures: own.flatMap(({ failure }) => (failure === null ? [] : [failure])),
    said: own[0]?.said ?? "",
    leaders: ranking.slice(0, 5),
  };
}

const show = (value: number, digits: number) =>
  value !== 0 && (Math.abs(value) >= 1e5 || Math.abs(value) < 1e-4)
    ? value.toExponential(1)
    : value.toFixed(digits);

/** The rows as Markdown, one line a generator. */
export function markdown(rows: readonly Row[], model: string): string {
  const head = [
    `| kind | series | MASE of ${model} | best single model | its MASE | ratio | to naive | held 80 | held 95 | means inside | farthest mean | CPU s |`,
    "|---|---|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|",
  ];
  const lines = rows.map((row) =>
    [
      "",
      row.kind,
      row.name + (row.failures.length > 0 ? ` (${row.failures.length} failed)` : ""),
      show(row.error, 3),
      `\`${row.best}\``,
      show(row.bestError, 3),
      show(row.ratio, 2),
      show(row.toNaive, 2),
      row.held80.toFixed(0),
      row.held95.toFixed(0),
      row.meansInside.toFixed(0),
      show(row.farthest, 1),
      row.seconds.toFixed(2),
      "",
    ].join(" | "),
  );
  return [...head, ...lines.map((line) => line.trim())].join("\n");
}

/** Geometric mean of the ratios of each kind, and the plain means of the rest. */
export function kindTable(rows: readonly Row[]): { kind: string; ratio: number; line: string }[] {
  return KINDS.flatMap((kind) => {
    const own = rows.filter((row) => row.kind === kind && Number.isFinite(row.ratio));
    if (own.length === 0) return [];
    const mean = (value: (row: Row) => number) => own.reduce((sum, row) => sum + value(row), 0) / own.length;
    const ratio = Math.exp(mean((row) => Math.log(row.ratio)));
    const compared = own.filter((row) => row.toNaive > 0);
    const logs = compared.reduce((sum, row) => sum + Math.log(row.toNaive), 0);
    const toNaive = Math.exp(logs / compared.length);
    const line = `| ${kind} | ${own.length} | ${ratio.toFixed(3)} | ${toNaive.toFixed(2)} | ${mean((row) => row.held80).toFixed(0)} | ${mean((row) => row.held95).toFixed(0)} | ${mean((row) => row.meansInside).toFixed(1)} |`;
    return [{ kind, ratio, line }];
  });
}

export interface Bar {
  readonly name: string;
  readonly value: string;
  readonly holds: boolean;
}

/** What `auto` must reach, and whether it does. */
export function bars(rows: readonly Row[]): readonly Bar[] {
  const ratios = rows
    .map(({ ratio }) => ratio)
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  const median = (ratios[Math.floor((ratios.length - 1) / 2)]! + ratios[Math.floor(ratios.length / 2)]!) / 2;
  const by = (value: (row: Row) => number) => [...rows].sort((a, b) => value(b) - value(a));
  const worst = by(({ ratio }) => ratio)[0]!;
  const kinds = kindTable(rows).sort((a, b) => b.ratio - a.ratio);
  const aboveNaive = by(({ toNaive }) => toNaive).filter(({ toNaive }) => toNaive > 1.02);
  const outside = rows.filter(({ kind, meansInside }) => kind !== "intermittent" && meansInside < 100);
  const uncovered = rows.filter(({ held80, kind }) => kind !== "exact" && (held80 < 60 || held80 > 95));
  const failed = rows.filter(({ failures }) => failures.length > 0);
  const names = (list: readonly Row[], value: (row: Row) => string) =>
    list.length === 0 ? "none" : list.map((row) => `${row.name} ${value(row)}`).join(", ");
  return [
    {
      name: "median ratio to the best single model at most 1.02",
      value: median.toFixed(3),
      holds: median <= 1.02,
    },
    {
      name: "worst kind at most 1.15",
      value: kinds
        .slice(0, 4)
        .map(({ kind, ratio }) => `${kind} ${ratio.toFixed(3)}`)
        .join(", "),
      holds: (kinds[0]?.ratio ?? 0) <= 1.15,
    },
    {
      name: "worst series at most 1.15",
      value: names(
        by(({ ratio }) => ratio).filter(({ ratio }) => ratio > 1.15),
        ({ ratio }) => ratio.toFixed(2),
      ),
      holds: worst.ratio <= 1.15,
    },
    {
      name: "never above (seasonal) naive by more than 2 %",
      value: names(aboveNaive, ({ toNaive }) => toNaive.toFixed(2)),
      holds: aboveNaive.length === 0,
    },
    {
      name: "means inside their 80 % interval (of rare demand they need not be)",
      value: names(outside, ({ meansInside }) => `${meansInside.toFixed(0)} %`),
      holds: outside.length === 0,
    },
    {
      name: "80 % intervals hold 60 to 95",
      value: names(uncovered, ({ held80 }) => `${held80.toFixed(0)} %`),
      holds: uncovered.length === 0,
    },
    {
      name: "nothing fails",
      value: names(failed, ({ failures }) => failures[0]!),
      holds: failed.length === 0,
    },
  ];
}
