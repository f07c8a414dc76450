import { usageError } from "../../core/errors.js";
import type { Model } from "../../core/model.js";
import type { Family } from "../../models/family.js";
import { fitEnsemble } from "./fit.js";
import { ensembleProcess, memberKinds } from "./process.js";

export { fitEnsemble, pooled } from "./fit.js";

/**
 * Several models as one: their forecast distributions pooled with equal weights at every step.
 *
 * The mean is the average of the members' means; intervals are those of the pool, so they are wider where the members
 * disagree. A member that cannot be fitted is dropped and named in the notes; if none can, seasonal naive stands in.
 *
 * @throws YuleError `bad-ensemble` for fewer than two members.
 * @see Bates & Granger (1969), Operational Research Quarterly 20, p. 451, on why averages forecast well.
 * @example ensemble([ar({ order: 2 }), naive()]).fit(lynx);
 */
export function ensemble(members: readonly Model[]): Model {
  if (members.length < 2) {
    throw usageError(
      "bad-ensemble",
      "members",
      members.length,
      `An ensemble needs at least two models, not ${members.length}.`,
    );
  }
  return {
    notation: `ensemble(${members.map(({ notation }) => notation).join(",")})`,
    missing: "keep",
    fit: (series, options) => fitEnsemble(members, series, options),
  };
}

export const ensembleFamily: Family = {
  name: "ensemble",
  summary: "several models as one, their distributions pooled",
  forms: ["ensemble(ar(2),naive)"],
  options: [],
  inputs: true,
  seasonal: false,
  processes: [],
  resolve(kind, find) {
    const kinds = memberKinds(kind);
    return kinds === null ? null : (ensembleProcess(kinds.map(find)) as ReturnType<typeof find>);
  },
  build: (call, parse) => ensemble(call.groups.flat().map(parse)),
};
