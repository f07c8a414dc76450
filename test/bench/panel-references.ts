import type { Distribution } from "../../src/core/distribution.js";
import type { Forecast } from "../../src/core/forecast.js";
import { empirical } from "../../src/distributions/families/empirical.js";
import { naiveScale } from "../../src/evaluate/measures.js";
import type { PanelSet } from "./panel-sets.js";

/** The forecast of series i from a row on. */
export type Reference = (i: number, origin: number) => Forecast;

/** Values a climatology remembers of each place. */
const CYCLES = 8;

/** What was seen at this place in the week (in the year, of other data) the last eight times, each as likely as the others. */
export function climatology(set: PanelSet): Reference {
  return (i, origin) => {
    const distributions = remembered(set, i, origin).map((values) => empirical(values));
    return toForecast(set, i, "climatology", distributions);
  };
}

/**
 * The climatology times one number a window, the same for all series: the one that fits what came best (least sum of
 * scaled absolute errors). No forecast, but a measure of what is there to be won: how far somebody gets who is told
 * beforehand how busy the whole panel will be on that day.
 */
export function hindsight(set: PanelSet): Reference {
  const factors = Array.from({ length: set.windows }, (_, w) => factorOf(set, w * set.horizon));
  return (i, origin) => {
    const factor = factors[(origin - set.trained[i]!) / set.horizon]!;
    const scaled = remembered(set, i, origin).map((values) => empirical(values.map((y) => factor * y)));
    return toForecast(set, i, "hindsight", scaled);
  };
}

function remembered({ panel, horizon }: PanelSet, i: number, origin: number): Float64Array[] {
  const { y, period } = panel[i]!;
  const cycle = period === 24 ? 168 : period;
  return Array.from({ length: horizon }, (_, h) => {
    const last = origin + h - cycle * Math.ceil((h + 1) / cycle);
    const values: number[] = [];
    for (let t = last; t >= 0 && values.length < CYCLES; t -= cycle)
      if (!Number.isNaN(y[t]!)) values.push(y[t]!);
    return Float64Array.from(values);
  });
}

/** argmin over c of Σ |y − c·m| / scale, a weighted median of y/m, for the window `offset` rows after the training part. */
function factorOf(set: PanelSet, offset: number): number {
  const ratios: { ratio: number; weight: number }[] = [];
  set.panel.forEach(({ y, period }, j) => {
    const [trained, origin] = [set.trained[j]!, set.trained[j]! + offset];
    const scale = naiveScale(y.subarray(0, trained), period, 1);
    remembered(set, j, origin).forEach((values, h) => {
      const [actual, middle] = [y[origin + h]!, empirical(values).quantile(0.5)];
      if (middle > 0 && scale > 0 && !Number.isNaN(actual))
        ratios.push({ ratio: actual / middle, weight: middle / scale });
    });
  });
  ratios.sort((a, b) => a.ratio - b.ratio);
  const half = ratios.reduce((sum, { weight }) => sum + weight, 0) / 2;
  let sum = 0;
  return ratios.find(({ weight }) => (sum += weight) >= half)?.ratio ?? 1;
}

function toForecast(
  { panel, horizon }: PanelSet,
  i: number,
  notation: string,
  distributions: readonly Distribution[],
): Forecast {
  const point = (p: (d: Distribution) => number) => Float64Array.from(distributions, p);
  const [mean, median] = [point((d) => d.mean), point((d) => d.quantile(0.5))];
  return { id: panel[i]!.id, notation, horizon, times: [], distributions, mean, median, notes: [] };
}
