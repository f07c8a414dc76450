import type { ThetaParams } from "./transition.js";

/** The seasonal factor (or addend) of the value after `count` others. */
function seasonOf({ figure, multiplicative }: ThetaParams, count: number): number {
  return figure.length === 0 ? (multiplicative ? 1 : 0) : figure[count % figure.length]!;
}

/** What errors are multiplied by there. */
export function factorOf(params: ThetaParams, count: number): number {
  return params.multiplicative ? seasonOf(params, count) : 1;
}

export function adjusted(params: ThetaParams, count: number, y: number): number {
  const season = seasonOf(params, count);
  return params.multiplicative ? y / season : y - season;
}

export function seasoned(params: ThetaParams, count: number, value: number): number {
  const season = seasonOf(params, count);
  return params.multiplicative ? value * season : value + season;
}
