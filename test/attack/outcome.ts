import { YuleError } from "../../src/core/errors.js";

/** What came of one attack. */
export type Outcome = "ok" | "coded error" | "raw error" | "slow" | "silent NaN";

export const OUTCOMES: readonly Outcome[] = ["ok", "coded error", "raw error", "slow", "silent NaN"];

/** One attack: what was done, and what came of it. */
export interface Attack {
  readonly outcome: Outcome;
  /** What to repeat and how it failed; empty where all is well. */
  readonly story: string;
}

/** A fuzzer draws one attack from a seed; the same seed is the same attack. */
export interface Fuzzer {
  readonly name: string;
  attack(seed: number): Promise<Attack>;
}

/** An attack that takes longer than this many milliseconds of CPU is slow. */
const SLOW = 5000;

/** What is good is null; otherwise one sentence, told with the outcome `silent NaN`. */
export async function judged(
  what: string,
  work: () => Promise<string | null> | string | null,
): Promise<Attack> {
  const from = process.cpuUsage();
  let outcome: Outcome;
  let story = "";
  try {
    const fault = await work();
    outcome = fault === null ? "ok" : "silent NaN";
    if (fault !== null) story = `${what}: ${fault}`;
  } catch (error) {
    outcome = isCoded(error) ? "coded error" : "raw error";
    if (outcome === "raw error") story = `${what}: ${(error as Error).stack ?? String(error)}`;
  }
  const { user, system } = process.cpuUsage(from);
  const spent = (user + system) / 1000;
  if (spent <= SLOW) return { outcome, story };
  return { outcome: "slow", story: `${what}: ${Math.round(spent)} ms of CPU` };
}

function isCoded(error: unknown): boolean {
  return error instanceof YuleError && error.code !== "internal" && error.message.length > 10;
}
