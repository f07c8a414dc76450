import { forecast, load, loadFamilies, random, save, simulate } from "../../src/index.js";
import { ROWS } from "../laws/rows.js";

/** What a model says of its series: by a fit made here, and by one that was made elsewhere. */
export interface Said {
  readonly notation: string;
  /** The mean by a fit made here. */
  readonly mean: readonly number[];
  /** Mean and sampled paths by the saved fit. */
  readonly loaded: { readonly mean: readonly number[]; readonly paths: readonly number[] } | null;
  readonly saved: string;
}

const HORIZON = 5;

/** Every row of the laws, or those that are named; `saved` has fits that were made elsewhere, in the order of the rows. */
export async function numbers(saved: readonly string[] | null): Promise<Said[]> {
  await loadFamilies();
  return ROWS.map(({ notation, build, on }, at) => {
    const fitted = build().fit(on, { rng: random(1) });
    const { history: _, ...rest } = fitted;
    const text = saved?.[at] ?? save(rest as typeof fitted);
    const again = load(text);
    return {
      notation,
      mean: [...forecast(fitted, { horizon: HORIZON, seed: 1, paths: 200 }).mean],
      loaded: {
        mean: [...forecast(again, { horizon: HORIZON, seed: 1, paths: 200 }).mean],
        paths: [...simulate(again, { horizon: HORIZON, seed: 1, paths: 4 }).values],
      },
      saved: text,
    };
  });
}
