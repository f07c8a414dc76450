import type { FitOptions, Fitted, Note } from "../../../core/model.js";
import type { Panel } from "../../../core/series.js";
import { formatFrequency } from "../../../core/time/frequency.js";
import { fitInTurn } from "../../../models/partly-fitted.js";
import { withNotes } from "../../../models/report.js";
import type { Candidate } from "../../ensemble/members.js";
import type { AutoIntervals, Prepared } from "../fit/index.js";
import { type Learner, learn } from "./learn.js";
import { networkFor } from "./network.js";
import { LEAST_SERIES, learnedNote, tooFewNote } from "./notes.js";
import type { Parts } from "./parts.js";

/** What the models of its group bring to a series. */
interface Brought {
  readonly candidates: Candidate[];
  readonly notes: Note[];
}

/**
 * `auto` for every series of a panel, with models among the candidates that learned from all series of a kind: `pooled`, and one
 * network. The same numbers on any number of threads.
 *
 * @param parts what `auto` of a single series is made of.
 * @throws PartlyFitted where series failed; the reason of `options.signal` when aborted.
 */
export async function fitTogether(
  panel: Panel,
  intervals: AutoIntervals,
  options: FitOptions,
  parts: Parts,
): Promise<Fitted[]> {
  const prepared = panel.map((one) => parts.prepare(one));
  const brought = await candidatesOf(prepared, options, parts);
  const { threads: _, onProgress, ...fitting } = options;
  return fitInTurn(panel, options, ({ id }, i) => {
    const one = prepared[i]!;
    const { candidates, notes } = brought.get(one)!;
    const fitted = parts.fitPrepared(one, intervals, fitting, candidates);
    onProgress?.({ stage: "series", done: i + 1, total: panel.length, message: id });
    return withNotes(fitted, notes);
  });
}

/** Fits to the beginning of the series behind past forecasts of `pooled`: it is quick. */
const POOLED_FITS = 2;

function pooledFrom({ pooled }: Parts): Learner {
  return { model: pooled(), pastFits: POOLED_FITS };
}

async function candidatesOf(
  prepared: readonly Prepared[],
  options: FitOptions,
  parts: Parts,
): Promise<ReadonlyMap<Prepared, Brought>> {
  const brought = new Map<Prepared, Brought>(prepared.map((one) => [one, { candidates: [], notes: [] }]));
  for (const group of groupsOf(prepared)) {
    if (group.length < LEAST_SERIES) {
      for (const one of group) brought.get(one)!.notes.push(tooFewNote(one.whole, group.length));
      continue;
    }
    for (const learner of [pooledFrom(parts), await networkFor(group, parts, options.horizon)]) {
      const learned = await learn(learner, group, options, parts);
      for (const one of group) {
        const { candidates, notes } = brought.get(one)!;
        const candidate = learned.candidates.get(one);
        if (candidate !== undefined) candidates.push(candidate);
        for (const note of learned.notes) notes.push(note);
      }
    }
    const names = [
      ...new Set(group.flatMap((one) => brought.get(one)!.candidates.map((c) => c.model.notation))),
    ];
    if (names.length > 0)
      for (const one of group) brought.get(one)!.notes.push(learnedNote(names, group.length));
  }
  return brought;
}

/** Series of one kind: of the same frequency, period and inputs, from which one model can learn. */
function groupsOf(prepared: readonly Prepared[]): readonly (readonly Prepared[])[] {
  const groups = new Map<string, Prepared[]>();
  for (const one of prepared) {
    const { time, period, inputs } = one.series;
    const step = time === null ? null : formatFrequency(time.frequency);
    const kind = JSON.stringify([step, period, inputs.names]);
    const group = groups.get(kind);
    if (group === undefined) groups.set(kind, [one]);
    else group.push(one);
  }
  return [...groups.values()];
}
