import type { Model, Process } from "../../core/model.js";
import type { Family, FamilyOption, ModelCall } from "../family.js";
import { badModel } from "../notation.js";
import { type EtsOptions, ets } from "./ets.js";
import { holt, holtWinters, ses } from "./named.js";
import { etsProcess } from "./process.js";

const processes = [etsProcess as Process<unknown, unknown>];

function smoothing(name: string, summary: string): FamilyOption {
  return { name, values: "number", default: "estimated", summary };
}

const ALPHA = smoothing("alpha", "how far an error moves the level");
const BETA = smoothing("beta", "how far an error moves the slope");
const GAMMA = smoothing("gamma", "how far an error moves the season");
const PHI = smoothing("phi", "damping of the slope");
const BOUNDS: FamilyOption = {
  name: "bounds",
  values: ["both", "usual", "admissible"],
  default: "both",
  summary: "where smoothing parameters are searched",
};
const INITIAL: FamilyOption = {
  name: "initial",
  values: ["optimal", "simple"],
  default: "optimal",
  summary: "initial states: estimated, or read off the first values",
};
const DAMPED: FamilyOption = {
  name: "damped",
  values: ["true", "false"],
  default: "false",
  summary: "whether the slope is damped",
};

/** `ets(A,Ad,M)[12]`. */
export const etsFamily: Family = {
  name: "ets",
  summary: "exponential smoothing in state-space form: error, trend, season",
  forms: ["ets(A,N,N)", "ets(M,Ad,M)[12]", "ets(A,A,A, bounds=usual)[4]"],
  options: [ALPHA, BETA, GAMMA, PHI, BOUNDS, INITIAL],
  seasonal: true,
  processes,
  build(call) {
    const [error, trend, season, ...rest] = call.groups.flat();
    if (call.groups.length !== 1 || season === undefined || rest.length > 0) {
      throw badModel(
        written(call),
        "needs three letters for error, trend and season, as in ets(A,Ad,M); auto-ets chooses them",
      );
    }
    if ([error, trend, season].some((letter) => letter?.startsWith("Z"))) {
      throw badModel(written(call), "leaves a component open; auto-ets chooses all three");
    }
    const options = { error, trend, season, ...numbers(call), ...words(call), ...period(call, season) };
    return ets(options as EtsOptions);
  },
};

/** `ses`, `ses(alpha=0.3)`. */
export const sesFamily: Family = {
  name: "ses",
  summary: "simple exponential smoothing, ets(A,N,N)",
  forms: ["ses", "ses(alpha=0.3, initial=simple)"],
  options: [ALPHA, BOUNDS, INITIAL],
  seasonal: false,
  processes,
  build: (call) => plain(call, () => ses({ ...numbers(call), ...words(call) })),
};

/** `holt`, `holt(damped=true)`. */
export const holtFamily: Family = {
  name: "holt",
  summary: "Holt's linear trend, ets(A,A,N)",
  forms: ["holt", "holt(damped=true)", "holt(exponential=true)"],
  options: [
    DAMPED,
    {
      name: "exponential",
      values: ["true", "false"],
      default: "false",
      summary: "whether the trend multiplies",
    },
    ALPHA,
    BETA,
    PHI,
    BOUNDS,
    INITIAL,
  ],
  seasonal: false,
  processes,
  build: (call) =>
    plain(call, () =>
      holt({
        ...numbers(call),
        ...words(call),
        damped: call.options.get("damped") === "true",
        exponential: call.options.get("exponential") === "true",
      }),
    ),
};

/** `holt-winters[12]`, `holt-winters(seasonal=multiplicative)`. */
export const holtWintersFamily: Family = {
  name: "holt-winters",
  summary: "Holt and Winters' level, trend and season",
  forms: ["holt-winters", "holt-winters(seasonal=multiplicative)[12]"],
  options: [
    {
      name: "seasonal",
      values: ["additive", "multiplicative"],
      default: "additive",
      summary: "whether the season adds or multiplies",
    },
    DAMPED,
    ALPHA,
    BETA,
    GAMMA,
    PHI,
    BOUNDS,
    INITIAL,
  ],
  seasonal: true,
  processes,
  build: (call) =>
    plain(call, () =>
      holtWinters({
        ...numbers(call),
        ...words(call),
        ...period(call, "A"),
        damped: call.options.get("damped") === "true",
        seasonal: call.options.get("seasonal") === "multiplicative" ? "multiplicative" : "additive",
      }),
    ),
};

export const smoothingFamilies: readonly Family[] = [etsFamily, sesFamily, holtFamily, holtWintersFamily];

function plain(call: ModelCall, build: () => Model): Model {
  if (call.groups.flat().length > 0)
    throw badModel(written(call), `takes options only, as in ${call.name}(alpha=0.3)`);
  return build();
}

function written({ name, groups }: ModelCall): string {
  return `${name}${groups.map((group) => `(${group.join(",")})`).join("")}`;
}

function numbers({ options }: ModelCall): Partial<Record<"alpha" | "beta" | "gamma" | "phi", number>> {
  const found: Partial<Record<"alpha" | "beta" | "gamma" | "phi", number>> = {};
  for (const name of ["alpha", "beta", "gamma", "phi"] as const) {
    const value = options.get(name);
    if (value !== undefined) found[name] = Number(value);
  }
  return found;
}

function words({ options }: ModelCall): Pick<EtsOptions, "bounds" | "initial"> {
  const bounds = options.get("bounds") as EtsOptions["bounds"];
  const initial = options.get("initial") as EtsOptions["initial"];
  return { ...(bounds === undefined ? {} : { bounds }), ...(initial === undefined ? {} : { initial }) };
}

function period({ season, name, groups }: ModelCall, component: string): Pick<EtsOptions, "period"> {
  if (season === null) return {};
  if (component !== "N") return { period: season };
  throw badModel(`${name}(${groups.flat().join(",")})[${season}]`, "has no season and takes no period");
}
