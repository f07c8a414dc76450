import { describe, expect, test } from "vitest";
import { encode } from "../../src/core/codec.js";
import { type Series, series, slice } from "../../src/core/series.js";
import { parseModel } from "../../src/select/catalogue.js";
import { ROWS, SERIES } from "./rows.js";

/** Functions that every estimator calls again and again. */
const CALLED = ["log", "sqrt", "abs", "max", "min"] as const;

/** Runs `work`, and `intrude` inside the call of a function of Math that comes `at`-th; returns the result and all calls. */
function interrupted<T>(work: () => T, at: number, intrude: () => void): { result: T; calls: number } {
  let calls = 0;
  let inside = false;
  const kept = CALLED.map((name) => [name, Math[name]] as const);
  for (const [name, own] of kept) {
    const call = own as (...values: number[]) => number;
    (Math as unknown as Record<string, unknown>)[name] = (...values: number[]) => {
      if (!inside && calls++ === at) {
        inside = true;
        intrude();
        inside = false;
      }
      return call(...values);
    };
  }
  try {
    return { result: work(), calls };
  } finally {
    for (const [name, own] of kept) (Math as unknown as Record<string, unknown>)[name] = own;
  }
}

/** All of a fit that is data, as text. */
function numbersOf(notation: string, on: Series): string {
  const { params, state, report } = parseModel(notation).fit(on);
  return JSON.stringify([
    encode(params),
    encode(state),
    encode(report.details),
    encode(report.logLikelihood),
  ]);
}

/** Another series, and one with gaps: shorter, so that buffers of the one do not fit the other. */
function others(on: Series): Series[] {
  const part = slice(on, 0, on.y.length - 17);
  const gaps = series(
    part.y.map((value, t) => (t % 11 === 5 ? Number.NaN : 1.5 * value)),
    { id: "gaps", period: on.period },
  );
  return [part, gaps];
}

const SHARES = [0.2, 0.5, 0.8, 0.95];

describe("a fit that begins inside another one changes nothing of it, and is not changed by it", () => {
  test.each(ROWS.filter(({ build }) => build().fitPanel === undefined))("$notation", ({ notation, on }) => {
    const expected = numbersOf(notation, on);
    const { calls } = interrupted(
      () => numbersOf(notation, on),
      -1,
      () => undefined,
    );
    for (const other of others(on)) {
      const alone = outcome(notation, other);
      for (const share of SHARES) {
        let between = "";
        const { result } = interrupted(
          () => numbersOf(notation, on),
          Math.floor(share * calls),
          () => {
            between = outcome(notation, other);
          },
        );
        expect(result).toBe(expected);
        expect(between === "" ? alone : between).toBe(alone);
      }
    }
  });

  test("an autoregression inside an ARIMA with long seasons, and the other way round", () => {
    const [long, short] = ["arima(1,0,1)(1,1,1)[48]", "arima(3,0,3)"];
    const on = series(Float64Array.from({ length: 300 }, (_, t) => Math.sin(t / 7) + ((t * 37) % 11) / 5));
    const expected = numbersOf(long, on);
    const inner = numbersOf(short, SERIES.cycles);
    for (const at of [100, 2000, 20_000]) {
      let between = "";
      const { result } = interrupted(
        () => numbersOf(long, on),
        at,
        () => {
          between = numbersOf(short, SERIES.cycles);
        },
      );
      expect([result, between]).toEqual([expected, inner]);
    }
  });
});

/** The numbers, or the code of the error where the series does not suit. */
function outcome(notation: string, on: Series): string {
  try {
    return numbersOf(notation, on);
  } catch (error) {
    return String((error as { code?: string }).code);
  }
}
