import type { Distribution } from "../../../core/distribution.js";
import { interval, quantilesOf } from "../../../core/forecast.js";
import { timeAt, timeLabel } from "../../../core/time/calendar.js";
import { corrected, forecast } from "../../../engine/forecast.js";
import type { Band, Curve, Picture } from "../../../report/pictures/picture.js";
import type { Updated } from "./rows.js";

/** Percent, narrowest first; values beyond the last are marked. */
const LEVELS = [80, 95] as const;

/** Steps of the forecast that follows: a season, but no more than so many, or so many where there is none. */
const LONGEST = 60;
const SHORT = 10;

/** New rows with what was expected of each one step before, and the forecast from the last; null where no row is new. */
export function updatePicture({ fitted, steps, expected }: Updated): Picture | null {
  if (steps.length === 0) return null;
  const { origin, notation } = fitted;
  const bands = bandsOf(expected.flatMap((one) => corrected(fitted, [one])));
  const { lower, upper } = bands.at(-1)!;
  const passed: Curve = {
    name: "one-step forecast",
    from: 0,
    mean: steps.map(({ mean }) => mean),
    bands,
  };
  const ahead = aheadOf(fitted, steps.length);
  const axis = origin.time;
  const first = origin.length - steps.length;
  const count = steps.length + (ahead?.mean.length ?? 0);
  const dated = axis !== null && axis.frequency.unit !== "index";
  const labelAt = (at: number) => (axis === null ? String(at + 1) : timeLabel(axis, at));
  return {
    title: `${origin.id}: new rows and ${notation}`,
    times: Array.from({ length: count }, (_, at) => labelAt(first + at)),
    instants: dated ? Array.from({ length: count }, (_, at) => timeAt(axis, first + at).local) : null,
    history: steps.map(({ y }) => y),
    curves: ahead === null ? [passed] : [passed, ahead],
    marks: steps.flatMap(({ y }, at) => (y < lower[at]! || y > upper[at]! ? [{ at, value: y }] : [])),
    marksName: "beyond the 95 % interval",
  };
}

function bandsOf(distributions: readonly Distribution[]): Band[] {
  return LEVELS.map((level) => {
    const tail = (100 - level) / 200;
    return {
      level,
      lower: quantilesOf(distributions, tail),
      upper: quantilesOf(distributions, 1 - tail),
    };
  });
}

/** The forecast after the last new row; null where it would need values of inputs. */
function aheadOf(fitted: Updated["fitted"], from: number): Curve | null {
  const { inputNames, inputRules = {}, period } = fitted.origin;
  if (inputNames.some((name) => inputRules[name] === undefined)) return null;
  const ahead = forecast(fitted, { horizon: period > 1 ? Math.min(period, LONGEST) : SHORT });
  const bands = LEVELS.map((level) => ({ level, ...interval(ahead, level) }));
  return { name: "forecast from here", from, mean: ahead.mean, bands };
}
