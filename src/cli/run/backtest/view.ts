import type { Leaderboard } from "../../../evaluate/leaderboard.js";
import { largestOf, smallestOf } from "../../../math/extremes.js";
import { plural } from "../../../report/numbers.js";
import type { Colors } from "../../../report/terminal/colors.js";
import { terminalPlot } from "../../../report/terminal/plot.js";
import { printable } from "../../../report/terminal/printable.js";
import { terminalTable } from "../../../report/terminal/table.js";
import { wrapped } from "../../../report/terminal/wrap.js";
import { growthPicture } from "./pictures.js";
import type { Plan } from "./plan.js";
import { comparisonSentence } from "./sentences.js";
import { growthTable, leaderboardTable } from "./tables.js";

/** Models whose growing error is shown. */
const SHOWN = 3;
/** A shorter horizon is a table without a plot. */
const PLOTTED = 6;

/** The leaderboard, how the error grows, and whether the best is better than the next, for people. */
export function backtestView(plan: Plan, board: Leaderboard, paint: Colors, width: number): string {
  const best = board.scores.filter(({ count }) => count > 0).slice(0, SHOWN);
  const growth = growthPicture(best, board.rankedBy);
  const plot = plan.horizon < PLOTTED ? "" : `${terminalPlot(growth, { width, height: 9 }, paint)}\n`;
  return [
    `\n${wrapped(headline(plan), width)}\n`,
    terminalTable(leaderboardTable(board.scores, plan.levels), paint, width),
    `${paint.dim(wrapped(legend(plan), width))}\n`,
    `${paint.bold(board.rankedBy.toUpperCase())} by steps ahead\n`,
    `${plot}${terminalTable(growthTable(best, board.rankedBy), paint, width)}`,
    wrapped(comparisonSentence(board.comparison), width),
    "",
  ].join("\n");
}

/** What the columns of percents mean, and of which level the interval score is. */
function legend({ levels }: Plan): string {
  const named = levels.map((level) => `${level} %`);
  const list = named.length === 1 ? named[0]! : `${named.slice(0, -1).join(", ")} and ${named.at(-1)}`;
  return `${list}: share of values inside that interval; MSIS scores the widest.`;
}

function headline({ scheduled, horizon }: Plan): string {
  const counts = scheduled.map(({ folds }) => folds.length);
  const [least, most] = [smallestOf(counts), largestOf(counts)];
  const folds = least === most ? plural(least, "fold") : `${least} to ${most} folds`;
  const name = scheduled.length === 1 ? scheduled[0]!.series.id : `${scheduled.length} series`;
  return `${printable(name)}, ${folds} of ${plural(horizon, "step")} ahead, the best model first`;
}
