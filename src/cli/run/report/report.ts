import { usageError, YuleError } from "../../../core/errors.js";
import { overlapOf } from "../../../evaluate/horizon.js";
import { leaderboard, type ModelRun } from "../../../evaluate/leaderboard.js";
import { largestOf } from "../../../math/extremes.js";
import type { Run } from "../../command.js";
import type { Context } from "../../context.js";
import { type Data, readData } from "../../data.js";
import { inspection } from "../../inspection.js";
import { version } from "../../options/version.js";
import { print } from "../../output/print.js";
import { writeWhole } from "../../places/write.js";
import { type Plan, planOf } from "../backtest/plan.js";
import { runsOf } from "../backtest.js";
import { decomposed } from "../decompose.js";
import { reportFailures, succeeded } from "../tasks/shared.js";
import { runTasks } from "../tasks/work.js";
import { commandOf } from "./command-line.js";
import type { Findings, SeriesFindings } from "./gathered.js";
import { reportPage } from "./page.js";

/** Writes a report: forecasts, past forecasts, parts and checks on one page. */
export const runReport: Run = async (context, file) => {
  const { settings, shell } = context;
  requirePlace(context);
  const decided: string[] = [];
  const warned: string[] = [];
  const listening: Context = {
    ...context,
    decided: (sentence) => {
      decided.push(sentence);
      context.decided(sentence);
    },
    warn: (sentence) => {
      warned.push(sentence);
      context.warn(sentence);
    },
  };
  const data = await readData(listening, file);
  // The page is no rows: what forecasts are written as elsewhere does not count here.
  const { output: _, ...unwritten } = settings;
  // Of one series the models take so differently long that threads cost more than they save.
  const jobs = data.panel.length === 1 ? { jobs: settings.jobs ?? 1 } : {};
  const rowless: Context = { ...context, settings: { ...unwritten, ...jobs } };
  const work = await runTasks("forecast", rowless, file, { data, keep: true });
  const code = reportFailures(context, work.outcomes);
  const past = await backtested(rowless, data);
  const overlap = past.plan === null ? 1 : overlapOf(past.plan.horizon, past.plan);
  const boardOf = (runs: readonly ModelRun[]) =>
    past.plan === null || !runs.some(({ outcomes }) => outcomes.length > 0)
      ? null
      : leaderboard(runs, past.plan.levels, overlap);
  const byId = new Map<string, typeof work.outcomes>();
  for (const outcome of work.outcomes) byId.set(outcome.id, [...(byId.get(outcome.id) ?? []), outcome]);
  const all = data.panel.map((series): SeriesFindings => {
    const own = byId.get(series.id) ?? [];
    const parts = decomposed(series);
    return {
      series,
      looked: inspection(series),
      forecasts: succeeded(own),
      failed: own.filter((outcome) => outcome.status === "failed"),
      board: boardOf(past.runs.map((run) => ofSeries(run, series.id))),
      parts: parts.status === "ok" ? parts.value : null,
    };
  });
  const findings: Findings = {
    file: data.decisions.file,
    decided,
    warned,
    all,
    showIds: data.showIds,
    levels: settings.level ?? [80, 95],
    plan: past.plan,
    noBacktest: past.why,
    board: boardOf(past.runs),
    command: commandOf(context, file, data.decisions.flags),
    version: version(),
  };
  const text = reportPage(findings, context.names);
  if (settings.output === undefined) await print(shell.stdout, text);
  else {
    await writeWhole("output", shell.cwd, settings.output, text);
    context.decided(`Wrote ${settings.output} (${Math.ceil(text.length / 1000)} kB).`);
  }
  return context.partial || listening.partial ? 4 : code;
};

/** @throws YuleError `bad-output` where the page has no place: a terminal, or a file of another kind. */
function requirePlace({ settings: { output }, shell }: Context): void {
  if (output === undefined && shell.stdout.isTTY !== true) return;
  if (output !== undefined && /\.html?$/i.test(output)) return;
  const found =
    output === undefined ? "a report is a page, not text for a terminal" : `${output} is no HTML file`;
  throw usageError("bad-output", "output", output, `${found}: give --output a name that ends in .html.`);
}

interface Past {
  readonly plan: Plan | null;
  readonly runs: readonly ModelRun[];
  readonly why: string | null;
}

/** The past as each model would have forecast it, fitted once at the first origin and moved forward after. */
async function backtested(context: Context, data: Data): Promise<Past> {
  try {
    const planned = await planOf(context, data);
    const most = largestOf(planned.scheduled.map(({ folds }) => folds.length));
    const plan = { ...planned, refit: most };
    return { plan, runs: await runsOf(context, plan, true), why: null };
  } catch (error) {
    if (!(error instanceof YuleError) || error.category !== "data") throw error;
    return { plan: null, runs: [], why: error.message };
  }
}

function ofSeries(run: ModelRun, id: string): ModelRun {
  return {
    ...run,
    outcomes: run.outcomes.filter((outcome) => outcome.id === id),
    failures: run.failures.filter((failure) => failure.id === id),
  };
}
