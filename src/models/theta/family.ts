import type { Process } from "../../core/model.js";
import type { Family } from "../family.js";
import { badModel } from "../notation.js";
import { thetaProcess } from "./process.js";
import type { SeasonChoice } from "./season.js";
import { type ThetaMethod, theta } from "./theta.js";

/** `theta`, `theta(method=dynamic)`. */
export const thetaFamily: Family = {
  name: "theta",
  summary: "smoothing pulled along by a line, on the seasonally adjusted series",
  forms: ["theta", "theta(method=dynamic)", "theta(method=optimised, season=additive)[12]", "theta(theta=3)"],
  options: [
    {
      name: "method",
      values: ["standard", "optimised", "dynamic"],
      default: "standard",
      summary: "theta 2 with smoothing's alpha; both optimised; so, and the line moving on",
    },
    {
      name: "theta",
      values: "number",
      default: "2, or estimated",
      summary: "curvature kept in the smoothed line",
    },
    {
      name: "season",
      values: ["auto", "multiplicative", "additive", "none"],
      default: "auto",
      summary: "how the season is taken out; auto tests for one",
    },
  ],
  seasonal: true,
  processes: [thetaProcess as Process<unknown, unknown>],
  build({ groups, options, season }) {
    if (groups.flat().length > 0) {
      throw badModel(`theta(${groups.flat().join(",")})`, "takes options only, as in theta(method=dynamic)");
    }
    const given = options.get("theta");
    return theta({
      method: (options.get("method") ?? "standard") as ThetaMethod,
      season: (options.get("season") ?? "auto") as SeasonChoice,
      ...(given === undefined ? {} : { theta: Number(given) }),
      ...(season === null ? {} : { period: season }),
    });
  },
};
