import type { ModelRun, SummedRun } from "../../../evaluate/leaderboard.js";
import type { Picture } from "../../../report/pictures/picture.js";
import type { Context } from "../../context.js";
import type { Plan } from "./plan.js";
import { inputsSentence, planSentence } from "./sentences.js";

/** What every model of a plan said of the past. */
export interface Rolled {
  readonly plan: Plan;
  readonly runs: readonly SummedRun[];
  /** Pictures of what the best models said, where outcomes were kept. */
  readonly pictures: (best: readonly ModelRun[], overlap: number) => readonly Picture[];
}

/** Says what is compared, before the work begins. */
export function reportPlan(context: Context, plan: Plan): void {
  context.decided(planSentence(plan));
  const ofInputs = inputsSentence(plan);
  if (ofInputs !== null) context.decided(ofInputs);
}
