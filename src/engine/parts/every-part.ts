import { provide } from "../../core/parts.js";
import { valuesOfRule } from "../../prepare/calendar/rule-values.js";
import { calibrate, calibratePaths } from "./calibrate.js";
import { sampledMarginals } from "./sampled.js";

/** Called where models come from elsewhere, from a saved file or another thread, and may need any part. */
export function everyPart(): void {
  provide({ valuesOfRule, calibrate, calibratePaths, sampledMarginals });
}
