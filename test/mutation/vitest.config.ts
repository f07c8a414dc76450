import { resolve } from "node:path";
import { defineConfig } from "vitest/config";

/** The quick tests that see the mutated folders, as `npm run mutate` runs them. */
export default defineConfig({
  root: resolve(import.meta.dirname, "../.."),
  test: {
    include: [
      "test/math/{special-functions,normal,student-t}.test.ts",
      "test/distributions/{laws,families}.test.ts",
      "test/evaluate/measures.test.ts",
    ],
    setupFiles: ["test/setup.ts"],
    testTimeout: 30_000,
  },
});
