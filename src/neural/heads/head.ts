import type { Kernel } from "../kernel/kernel.js";

export type Likelihood = "student-t" | "normal" | "negative-binomial" | "categorical";

/** A row of raw outputs has this many cells, used or not, but for the categorical head, which has one a token. */
export const RAW_WIDTH = 4;

/** What a head's loss is computed from; rows a multiple of 4. */
export interface HeadRows {
  readonly rows: number;
  /** Raw outputs a row. */
  readonly columns: number;
  /** rows × columns. */
  readonly raw: number;
  /** Standardised values, counts as they are, or tokens. */
  readonly y: number;
  /** 0 where the value is missing. */
  readonly weight: number;
  /** What a row's values were divided by; read by the negative binomial only. */
  readonly scale: number;
  /** rows × columns. */
  readonly gradient: number;
}

/** Σ weight·(−log p), and its gradient in the raw outputs. */
export function headLoss(kernel: Kernel, likelihood: Likelihood, at: HeadRows): number {
  switch (likelihood) {
    case "student-t":
      return kernel.studentTLoss(at.rows, at.raw, at.y, at.weight, at.gradient);
    case "normal":
      return kernel.normalLoss(at.rows, at.raw, at.y, at.weight, at.gradient);
    case "negative-binomial":
      return kernel.negativeBinomialLoss(at.rows, at.raw, at.y, at.weight, at.scale, at.gradient);
    case "categorical":
      return kernel.categoricalLoss(at.rows, at.columns, at.raw, at.y, at.weight, at.gradient);
  }
}
