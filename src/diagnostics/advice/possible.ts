import { YuleError } from "../../core/errors.js";

/** The result, or null where the data do not allow it: too short, constant, without noise. */
export function possible<T>(compute: () => T): T | null {
  try {
    return compute();
  } catch (error) {
    if (error instanceof YuleError && error.category === "data") return null;
    throw error;
  }
}
