import { defineConfig } from "vitest/config";

/** Tests that add models, look at which are loaded, or replace what all files share: each file has a worker of its own. */
const APART = [
  "test/{architecture,browser,bundles,docs}/**/*.test.ts",
  "test/cli/{backtest,inputs,stream}.test.ts",
  "test/io/saved-before.test.ts",
  "test/models/network/process.test.ts",
  "test/select/auto-alone.test.ts",
];

/** The others share modules that are loaded and compiled already, which saves more than a third of the time. */
export default defineConfig({
  test: {
    setupFiles: ["test/setup.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: "threads",
    maxWorkers: 2,
    projects: [
      { extends: true, test: { name: "apart", include: APART } },
      {
        extends: true,
        test: { name: "together", include: ["test/**/*.test.ts"], exclude: APART, isolate: false },
      },
    ],
  },
});
