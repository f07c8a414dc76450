import type { Frequency, TimeAxis } from "./time.js";
export declare function timeAxis(start: string, frequency: string): TimeAxis;
export declare function defaultPeriod(frequency: Frequency): number;
export declare function shiftAxis(axis: TimeAxis, steps: number): TimeAxis;
