import type { BarChart } from "./bars.js";
import type { Picture } from "./picture.js";

/** Anything that is drawn with axes of its own. */
export type Figure = Picture | BarChart;
