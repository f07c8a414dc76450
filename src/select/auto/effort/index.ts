import type { FitOptions, Fitted, Note } from "../../../core/model.js";
import type { Panel } from "../../../core/series.js";
import { fitInTurn } from "../../../models/partly-fitted.js";
import { withNotes } from "../../../models/report.js";
import type { Candidate } from "../../ensemble/members.js";
import { type AutoIntervals, fitPrepared, type Prepared, prepare } from "../fit/index.js";
import { groupsOf } from "./groups.js";
import { learn } from "./learn.js";
import { networkFor } from "./network.js";
import { LEAST_SERIES, learnedNote, tooFewNote } from "./notes.js";
import { pooledModel } from "./pooled.js";

/** What the models of its group bring to a series. */
interface Brought {
  readonly candidates: Candidate[];
  readonly notes: Note[];
}

/**
 * `auto` for every series of a panel, with models among the candidates that learned from all series of a kind: `pooled`, and one
 * network. The same numbers on any number of threads.
 *
 * @throws PartlyFitted where series failed; the reason of `options.signal` when aborted.
 */
export async function fitTogether(
  panel: Panel,
  intervals: AutoIntervals,
  options: FitOptions,
): Promise<Fitted[]> {
  const prepared = panel.map(prepare);
  const brought = await candidatesOf(prepared, options);
  const { threads: _, onProgress, ...fitting } = options;
  return fitInTurn(panel, options, ({ id }, i) => {
    const one = prepared[i]!;
    const { candidates, notes } = brought.get(one)!;
    const fitted = fitPrepared(one, intervals, fitting, candidates);
    onProgress?.({ stage: "series", done: i + 1, total: panel.length, message: id });
    return withNotes(fitted, notes);
  });
}

async function candidatesOf(
  prepared: readonly Prepared[],
  options: FitOptions,
): Promise<ReadonlyMap<Prepared, Brought>> {
  const brought = new Map<Prepared, Brought>(prepared.map((one) => [one, { candidates: [], notes: [] }]));
  for (const group of groupsOf(prepared)) {
    if (group.length < LEAST_SERIES) {
      for (const one of group) brought.get(one)!.notes.push(tooFewNote(one.whole, group.length));
      continue;
    }
    for (const learner of [pooledModel(), await networkFor(group, options.horizon)]) {
      const learned = await learn(learner, group, options);
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
