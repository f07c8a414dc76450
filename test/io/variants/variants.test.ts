import { describe, expect, test } from "vitest";
import { BUSINESS } from "./business.js";
import { CALENDAR } from "./calendar.js";
import { differences } from "./check.js";
import { COLUMNS } from "./columns.js";
import { ENERGY } from "./energy.js";
import { EXPORTS } from "./exports.js";
import { NUMBERS } from "./numbers.js";
import { OFFICES } from "./offices.js";
import { PASTED } from "./pasted.js";
import { SENSORS } from "./sensors.js";
import { TABLES } from "./tables.js";

describe.each([
  ["exports of shops, banks and spreadsheets", BUSINESS],
  ["forms of dates", CALENDAR],
  ["columns", COLUMNS],
  ["exports of power systems", ENERGY],
  ["exports of services, and tables typed by hand", EXPORTS],
  ["numbers and encodings", NUMBERS],
  ["exports of statistical offices", OFFICES],
  ["tables and values pasted from programs", PASTED],
  ["sensors and logs", SENSORS],
  ["tables and what is around them", TABLES],
])("%s", (_, variants) => {
  test.each(variants.map((variant) => [variant.name, variant] as const))("%s", async (__, variant) => {
    expect(await differences(variant)).toEqual([]);
  });
});
