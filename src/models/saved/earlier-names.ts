/** A field that had another name in files of format 1, in the objects that have all of `beside`. */
interface EarlierName {
  readonly earlier: string;
  readonly now: string;
  readonly beside: readonly string[];
  /** Words for values that changed too. */
  readonly words?: Readonly<Record<string, string>>;
}

const EARLIER: readonly EarlierName[] = [
  {
    earlier: "knowledge",
    now: "stage",
    beside: ["factor", "diffuseRank"],
    words: { opening: "collecting", complete: "exact" },
  },
  { earlier: "spread", now: "covarianceRoot", beside: ["level", "slope", "season", "phase"] },
  { earlier: "spread", now: "covariance", beside: ["level", "mean", "slope", "drift", "count"] },
  { earlier: "driftSpread", now: "driftVariance", beside: ["dynamic", "alpha", "omega"] },
];

/**
 * Estimates or memory of a file of format 1 by the names of today, at any depth: wrappers and ensembles hold those of other models.
 *
 * @param value decoded, of unknown shape; it is not changed.
 */
export function withTodaysNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withTodaysNames);
  if (value === null || typeof value !== "object" || Object.getPrototypeOf(value) !== Object.prototype)
    return value;
  const fields = Object.entries(value);
  return Object.fromEntries(
    fields.map(([key, field]) => {
      const found = EARLIER.find(
        ({ earlier, beside }) => key === earlier && beside.every((name) => Object.hasOwn(value, name)),
      );
      if (found === undefined) return [key, withTodaysNames(field)];
      return [found.now, (typeof field === "string" && found.words?.[field]) || field];
    }),
  );
}
