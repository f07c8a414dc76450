import { existsSync, readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { formatFrequency } from "../../src/core/time/calendar.js";
import { readCsv } from "../../src/node.js";
import { errorOf } from "./csv-cases.js";

/** Panels for development that are too large, or not free, to come with the package: see its README. */
const FOLDER = process.env.YULE_DATA ?? "data";
const skip = !existsSync(FOLDER);

describe.skipIf(skip)(
  `panels in ${FOLDER}${skip ? " (skipped: name their folder with YULE_DATA)" : ""}`,
  () => {
    test.each([
      ["panels/pedestrian_hourly", 55, "H", 24, 2712, 168],
      ["panels/pjm_hourly", 10, "H", 24, 4152, 168],
      ["panels/load_halfhourly", 50, "index", 1, 576, 96],
      ["panels/traffic_speed_15min", 100, "15min", 96, 576, 96],
      ["panels/web_traffic_daily", 500, "D", 7, 744, 59],
      ["intermittent/carparts", 2674, "M", 12, 39, 12],
    ])("%s", async (name, series, frequency, period, train, ahead) => {
      for (const [part, rows] of [
        ["train", train],
        ["test", ahead],
      ] as const) {
        const { panel, decisions } = await readCsv(`${FOLDER}/${name}/${part}.csv.gz`);
        expect(panel).toHaveLength(series);
        expect(decisions.rows).toBe(series * rows);
        expect(formatFrequency(decisions.frequency!)).toBe(frequency);
        expect(panel[0]!.period).toBe(period);
      }
    });

    test("tourism has three frequencies, so it is refused with ids of each", async () => {
      const error = await errorOf(readCsv(`${FOLDER}/tourism/train.csv.gz`));
      expect(error.code).toBe("mixed-frequencies");
      expect(error.message).toMatch(/M1, M2, M3 and \d+ more by M; Q1, .* by Q; Y1, .* by Y/);
    });

    test("m3 has dates and counts in one column, which is refused by row", async () => {
      const error = await errorOf(readCsv(`${FOLDER}/m3/train.csv.gz`));
      expect(error).toMatchObject({ code: "bad-time", details: { row: 185_728, column: "ds" } });
    });

    test("every classic series is read without a flag", async () => {
      const folder = `${FOLDER}/classics/`;
      for (const name of readdirSync(folder).filter((file) => file.endsWith(".csv"))) {
        const { panel, decisions, notes } = await readCsv(folder + name);
        expect(notes, name).toEqual([]);
        expect(decisions.rows, name).toBe(panel.reduce((sum, { y }) => sum + y.length, 0));
      }
    });
  },
);
