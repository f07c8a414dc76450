import { writeNotation } from "../models/notation.js";
import type { Settings } from "./options.js";
import { exclude } from "./settings.js";

/** The models asked for, wrapped by the transformation and the bounds that were asked for. */
export function notationsOf(settings: Settings): string[] {
  for (const bound of ["min", "max"] as const) {
    if (settings.transform !== "none")
      exclude(settings, "transform", bound, "bounds bring a transformation of their own");
  }
  const plain = settings.model ?? ["auto"];
  return plain.map((notation) => bounded(transformed(notation, settings), settings));
}

function transformed(notation: string, { transform }: Settings): string {
  if (transform === undefined || transform === "none") return notation;
  if (transform === "log") return writeNotation("log", [[notation]]);
  if (transform === "box-cox" || transform === "auto") return writeNotation("box-cox", [[notation]]);
  return writeNotation("box-cox", [[notation]], [["lambda", transform.lambda]]);
}

function bounded(notation: string, { min, max }: Settings): string {
  if (min === undefined && max === undefined) return notation;
  const options = Object.entries({ min, max }).filter(
    (entry): entry is [string, number] => entry[1] !== undefined,
  );
  return writeNotation("bounded", [[notation]], options);
}
