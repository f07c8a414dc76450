import { resolve } from "node:path";
import { expect, test } from "vitest";
import { type Panel, series } from "../../src/index.js";

/** Threads run the built code. */
const built: typeof import("../../src/index.js") = await import(
  resolve(import.meta.dirname, "../../dist/index.js")
);

const y = (seed: number, n: number) =>
  Float64Array.from({ length: n }, (_, t) => 30 + 5 * Math.sin(seed + t / 2) + ((t * 7919 * seed) % 11));
const gappy = y(3, 40);
gappy[7] = Number.NaN;
const PANEL: Panel = [
  series(y(1, 40), { id: "a" }),
  series([], { id: "empty" }),
  series(gappy, { id: "gappy" }),
  ...Array.from({ length: 20 }, (_, i) => series(y(i + 4, 40), { id: `s${i}` })),
];

test("fits are the same on two threads, history and failures included", async () => {
  for (const notation of ["ets(A,N,N)", "theta"]) {
    const [one, two] = await Promise.all([1, 2].map((jobs) => built.fitAll(PANEL, notation, { jobs })));
    expect(two!.map(({ status }) => status)).toEqual(
      PANEL.map(({ id }) => (id === "empty" ? "failed" : "ok")),
    );
    for (const [at, outcome] of one!.entries()) {
      const other = two![at]!;
      if (outcome.status === "failed") {
        expect(other).toMatchObject({ status: "failed", error: { code: outcome.error.code } });
        continue;
      }
      if (other.status === "failed") throw other.error;
      expect(built.save(other.value)).toBe(built.save(outcome.value));
      expect(built.residuals(other.value)).toEqual(built.residuals(outcome.value));
    }
  }
});

test("forecasts and backtests are the same on two threads", async () => {
  const rows = async (jobs: number) =>
    (await built.forecastAll(PANEL, "auto-ets", { horizon: 3, jobs })).map((outcome) =>
      outcome.status === "ok" ? built.forecastRows(outcome.value) : outcome.id,
    );
  expect(await rows(2)).toEqual(await rows(1));
  const scores = async (jobs: number) =>
    (await built.backtest(PANEL, ["theta", "naive"], { horizon: 3, folds: 2, jobs })).scores.map(
      ({ seconds: _, ...score }) => score,
    );
  expect(await scores(2)).toEqual(await scores(1));
});

test("series that come one by one are forecast the same on two threads, in their order, and the source waits", async () => {
  const many = Array.from({ length: 150 }, (_, i) => PANEL[i % PANEL.length]!);
  let taken = 0;
  async function* source() {
    for (const one of many) {
      taken++;
      yield one;
    }
  }
  const rows = async (jobs: number, most: number) => {
    const found: unknown[] = [];
    for await (const outcome of built.forecastEach(source(), "auto-ets", { horizon: 2, jobs })) {
      found.push(outcome.status === "ok" ? built.forecastRows(outcome.value) : outcome.error.code);
      if (found.length === most) break;
    }
    return found;
  };
  const one = await rows(1, 150);
  expect(await rows(2, 150)).toEqual(one);
  taken = 0;
  expect(await rows(2, 3)).toEqual(one.slice(0, 3));
  expect(taken).toBe(3);
  const abort = new AbortController();
  const aborted = async () => {
    const options = { horizon: 1, jobs: 2, signal: abort.signal };
    for await (const { id } of built.forecastEach(source(), "auto-ets", options))
      if (id === "s3") abort.abort();
  };
  await expect(aborted()).rejects.toThrow(/abort/i);
});

test("an abort ends the threads", async () => {
  const abort = new AbortController();
  const many = Array.from({ length: 2000 }, (_, i) => series(y(i + 1, 60), { id: `s${i}` }));
  const running = built.fitAll(many, "auto-ets", {
    jobs: 2,
    signal: abort.signal,
    onProgress: () => abort.abort(),
  });
  await expect(running).rejects.toThrow(/abort/i);
});
