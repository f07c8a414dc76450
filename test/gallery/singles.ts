import type { Series } from "../../src/core/series.js";
import type { Generator } from "./generator.js";

/** Longer seasons than this are left to decompositions and waves: ARIMA with them takes minutes. */
const LONGEST_SEASONAL_ARIMA = 12;
/** With a larger share missing the search for an ARIMA is left out: it takes minutes, and finds no more. */
const MOST_MISSING = 0.3;

const PLAIN = [
  "naive",
  "mean",
  "drift",
  "ses",
  "holt(damped=true)",
  "theta",
  "theta(method=dynamic)",
  "theta(method=optimised)",
  "auto-ets",
  "ar(auto)",
];
const LOGARITHMIC = ["log(ar(auto))", "log(theta(method=dynamic))", "log(auto-ets)"];
const INTERMITTENT = ["croston", "croston(variant=sba)", "tsb", "imapa", "adida"];
const SEASONAL = [
  "holt-winters",
  "mstl(auto-ets)",
  "mstl(theta(method=dynamic))",
  "mstl(ar(auto))",
  "mstl(ses, robust=true)",
  "mstl(ses, window=periodic)",
  "mstl(ar(auto), window=periodic)",
  "fourier(arima(1,0,1))",
  "fourier(arima(0,1,1))",
];
const SEASONAL_LOGARITHMIC = [
  "holt-winters(seasonal=multiplicative)",
  "log(mstl(theta(method=dynamic)))",
  "log(mstl(ar(auto)))",
  "log(mstl(ses, window=periodic))",
  "log(fourier(arima(1,0,1)))",
];

/**
 * The single models of all families that could reasonably be the best for a series. The best of them after the fact is what
 * `auto` is held against.
 */
export function singlesFor(generator: Generator, { y, period, inputs }: Series): readonly string[] {
  const seen = y.filter((value) => !Number.isNaN(value));
  const positive = seen.every((value) => value > 0);
  const countable = seen.every((value) => value >= 0) && seen.some((value) => value === 0);
  const seasonal = period > 1 && y.length >= 2 * period;
  const searched = 1 - seen.length / y.length <= MOST_MISSING;
  const list = [...PLAIN];
  if (positive) list.push(...LOGARITHMIC);
  if (countable) list.push(...INTERMITTENT);
  if (yardstickFor({ period, y }) === "snaive") list.push("snaive");
  if (seasonal) list.push(...SEASONAL);
  if (seasonal && positive) list.push(...SEASONAL_LOGARITHMIC);
  if (searched) list.push(...arimas(seasonal, period, positive));
  if (inputs.names.length > 0 && seasonal) list.push("fourier(arima(0,0,0))");
  if (seasonal) list.push(...severalSeasons(generator, period, positive));
  return [...new Set(list)];
}

function arimas(seasonal: boolean, period: number, positive: boolean): readonly string[] {
  if (!seasonal) return ["auto-arima", ...(positive ? ["log(auto-arima)"] : [])];
  if (period > LONGEST_SEASONAL_ARIMA) return ["auto-arima(seasonal=false)", "mstl(auto-arima)"];
  return ["auto-arima", "mstl(auto-arima)", ...(positive ? ["log(auto-arima)"] : [])];
}

/** Models of a day and a week, a week and a year, or a year of 52.18 weeks. */
function severalSeasons({ seasons }: Generator, period: number, positive: boolean): readonly string[] {
  if (seasons === undefined) return [];
  if (period === 52)
    return ["fourier(arima(1,0,1), harmonics=2)[52.18]", "fourier(arima(0,1,1), harmonics=2)[52.18]"];
  const periods = [period, ...seasons];
  const both = `periods=${periods.join("+")}`;
  const harmonics = `harmonics=${periods.map((_, k) => (k === 0 ? 3 : 2)).join("+")}`;
  const list = [
    `snaive[${seasons.at(-1)}]`,
    `mstl(auto-ets, ${both})`,
    `mstl(ar(auto), ${both})`,
    `fourier(arima(1,0,0), ${both}, ${harmonics})`,
    `mstl(ar(auto), ${both}, window=periodic)`,
  ];
  return positive ? [...list, `log(mstl(theta(method=dynamic), ${both}))`] : list;
}

/** What nobody may lose to: the last season again, or the last value where there is none. */
export function yardstickFor({ period, y }: Pick<Series, "period" | "y">): string {
  return period > 1 && y.length > period ? "snaive" : "naive";
}
