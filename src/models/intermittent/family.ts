import type { Process } from "../../core/model.js";
import type { Family, FamilyOption, ModelCall } from "../family.js";
import { badModel } from "../notation.js";
import { adida, imapa } from "./aggregated.js";
import { aggregatedProcess } from "./aggregated-process.js";
import { type CrostonOptions, croston, tsb } from "./croston.js";
import { crostonProcess } from "./croston-process.js";

const ALPHA: FamilyOption = {
  name: "alpha",
  values: "text",
  default: "0.1",
  summary: "smoothing of sizes (and intervals), or auto",
};

function noArguments({ name, groups }: ModelCall): void {
  if (groups.flat().length > 0) throw badModel(`${name}(${groups.flat().join(",")})`, "takes options only");
}

function smoothing(name: "alpha" | "beta", { options }: ModelCall): Record<string, number | "auto"> {
  const value = options.get(name);
  if (value === undefined) return {};
  return { [name]: value === "auto" ? "auto" : Number(value) };
}

/** `croston`, `croston(variant=sba)`. */
export const crostonFamily: Family = {
  name: "croston",
  summary: "intermittent demand: sizes and intervals smoothed apart",
  forms: ["croston", "croston(variant=sba)", "croston(variant=sbj, alpha=auto)"],
  options: [
    {
      name: "variant",
      values: ["classic", "sba", "sbj"],
      default: "classic",
      summary: "Croston's own, or with its bias corrected",
    },
    ALPHA,
  ],
  seasonal: false,
  processes: [crostonProcess as Process<unknown, unknown>],
  build(call) {
    noArguments(call);
    const variant = (call.options.get("variant") ?? "classic") as CrostonOptions["variant"] & string;
    return croston({ variant, ...smoothing("alpha", call) });
  },
};

/** `tsb`, `tsb(beta=0.2)`. */
export const tsbFamily: Family = {
  name: "tsb",
  summary: "intermittent demand whose chance fades where demand ends",
  forms: ["tsb", "tsb(alpha=0.2, beta=auto)"],
  options: [
    ALPHA,
    { name: "beta", values: "text", default: "0.1", summary: "smoothing of the chance of a demand, or auto" },
  ],
  seasonal: false,
  processes: [crostonProcess as Process<unknown, unknown>],
  build(call) {
    noArguments(call);
    return tsb({ ...smoothing("alpha", call), ...smoothing("beta", call) });
  },
};

/** `adida`. */
export const adidaFamily: Family = {
  name: "adida",
  summary: "intermittent demand, smoothed in blocks as long as the average interval",
  forms: ["adida"],
  options: [],
  seasonal: false,
  processes: [aggregatedProcess as Process<unknown, unknown>],
  build(call) {
    noArguments(call);
    return adida();
  },
};

/** `imapa`. */
export const imapaFamily: Family = {
  ...adidaFamily,
  name: "imapa",
  summary: "intermittent demand, averaged over blocks of all lengths up to the average interval",
  forms: ["imapa"],
  build(call) {
    noArguments(call);
    return imapa();
  },
};

export const intermittentFamilies: readonly Family[] = [crostonFamily, tsbFamily, adidaFamily, imapaFamily];
