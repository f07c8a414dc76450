import type { ArmaOrders } from "./orders.js";

/** ar1 … ma1 … sar1 … sma1 …, as R names them. */
export function armaNames({ p, q, P, Q }: ArmaOrders): string[] {
  return [...numbered("ar", p), ...numbered("ma", q), ...numbered("sar", P), ...numbered("sma", Q)];
}

function numbered(stem: string, count: number): string[] {
  const names: string[] = [];
  for (let i = 1; i <= count; i++) names.push(`${stem}${i}`);
  return names;
}

/** The level is called mean on its own and intercept beside other regressors, as in R's forecast package. */
export function levelName(hasOthers: boolean): string {
  return hasOthers ? "intercept" : "mean";
}
