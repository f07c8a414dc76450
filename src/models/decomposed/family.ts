import type { Model } from "../../core/model.js";
import type { Family, ModelCall } from "../family.js";
import { badModel } from "../notation.js";
import { withFourier } from "./fourier.js";
import { fourierKind, fourierProcess } from "./fourier-process.js";
import { withSeasons } from "./seasonal.js";
import { seasonalKind, seasonalProcess } from "./seasonal-process.js";

/** `mstl(ets(A,Ad,N))[12]`, `mstl(arima(1,1,1), periods=24+168)`. */
export const mstlFamily: Family = {
  name: "mstl",
  summary: "seasons taken out by STL, any model of the rest, the seasons put back",
  forms: ["mstl(ets(A,Ad,N))[12]", "mstl(drift, periods=24+168, window=periodic)", "mstl(ses, robust=true)"],
  options: [
    {
      name: "periods",
      values: "text",
      default: "the series' period",
      summary: "seasonal periods joined by +, e.g. 24+168",
    },
    {
      name: "window",
      values: "text",
      default: "11, 15 …",
      summary: "smoothing window of the seasons, or periodic",
    },
    {
      name: "robust",
      values: ["true", "false"],
      default: "false",
      summary: "whether outliers are weighed down",
    },
  ],
  inputs: true,
  seasonal: true,
  processes: [],
  resolve(kind, find) {
    const inner = seasonalKind(kind);
    return inner === null ? null : (seasonalProcess(find(inner)) as ReturnType<typeof find>);
  },
  build(call, parse) {
    const window = call.options.get("window");
    return withSeasons(innerModel(call, parse), {
      ...periodsOf(call),
      ...(window === undefined ? {} : { window: window === "periodic" ? window : Number(window) }),
      ...(call.options.get("robust") === "true" ? { robust: true } : {}),
    });
  },
};

/** `fourier(arima(1,0,0), harmonics=3)[52]`. */
export const fourierFamily: Family = {
  name: "fourier",
  fractionalPeriod: true,
  summary: "a model that takes inputs, with waves of the season as inputs",
  forms: ["fourier(arima(1,0,0), harmonics=3)[52]", "fourier(arima(1,0,1), periods=24+168, harmonics=4+3)"],
  options: [
    {
      name: "periods",
      values: "text",
      default: "the series' period",
      summary: "seasonal periods joined by +, e.g. 24+168",
    },
    {
      name: "harmonics",
      values: "text",
      default: "auto",
      summary: "pairs of waves for each period, joined by +, or auto: by AICc",
    },
  ],
  inputs: true,
  seasonal: true,
  processes: [],
  resolve(kind, find) {
    const inner = fourierKind(kind);
    return inner === null ? null : (fourierProcess(find(inner)) as ReturnType<typeof find>);
  },
  build(call, parse) {
    const harmonics = call.options.get("harmonics") ?? "auto";
    return withFourier(innerModel(call, parse), {
      ...periodsOf(call),
      harmonics: harmonics === "auto" ? harmonics : numbers(harmonics),
    });
  },
};

export const decomposedFamilies: readonly Family[] = [mstlFamily, fourierFamily];

function innerModel({ name, groups }: ModelCall, parse: (notation: string) => Model): Model {
  const [inner, ...rest] = groups.flat();
  if (inner === undefined || rest.length > 0) {
    throw badModel(
      `${name}(${groups.flat().join(",")})`,
      `takes one model of what is left of the season, as in ${name}(arima(1,0,0))`,
    );
  }
  return parse(inner);
}

function periodsOf({ options, season, name, groups }: ModelCall): { periods?: readonly number[] } {
  const written = options.get("periods");
  if (season !== null && written !== undefined) {
    throw badModel(
      `${name}(${groups.flat().join(",")}, periods=${written})[${season}]`,
      "gives the period twice, in periods and in [m]",
    );
  }
  if (season !== null) return { periods: [season] };
  return written === undefined ? {} : { periods: numbers(written) };
}

function numbers(text: string): number[] {
  return text.split("+").map(Number);
}
