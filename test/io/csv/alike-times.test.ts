import { expect, test } from "vitest";
import { parseCsv } from "../../../src/io/csv/parse-csv.js";
import { labelsOf, onlySeries, refusalOf } from "../csv-cases.js";

const pad = (value: number) => String(value).padStart(2, "0");
const hours = Array.from({ length: 100 }, (_, i) => new Date(Date.UTC(2023, 1, 26, 5) + i * 3_600_000));
const file = (cells: readonly string[]) =>
  `time;y\n${cells.map((cell, row) => `${cell};${row}`).join("\n")}\n`;
const german = (date: Date) =>
  `${pad(date.getUTCDate())}.${pad(date.getUTCMonth() + 1)}.${date.getUTCFullYear()} ${pad(date.getUTCHours())}:00`;

test("cells of one shape that are no times are refused as others are, by their row", async () => {
  for (const wrong of ["31.02.2023 05:00", "01.13.2023 05:00", "01.03.2023 25:00", "01.03.2023 05:60"]) {
    const cells = hours.map(german);
    cells[60] = wrong;
    expect(await refusalOf(file(cells))).toMatchObject({
      code: "bad-time",
      value: wrong,
      details: { row: 62 },
    });
  }
});

test("an hour 24 among cells of its shape is the end of its day", async () => {
  const cells = hours.map((date) =>
    date.getUTCHours() === 0
      ? `${german(new Date(date.getTime() - 3_600_000)).slice(0, 10)} 24:00`
      : german(date),
  );
  const series = await onlySeries(file(cells));
  expect([...series.y]).toEqual(hours.map((_, row) => row));
  expect(labelsOf(series)).toEqual(cells);
});

test("offsets are read as they are written, where the digits of the time are alike", async () => {
  const cells = hours.map((date, i) => `${date.toISOString().slice(0, 19)}${i < 50 ? "+01:00" : "+02:00"}`);
  expect(await refusalOf(file(cells))).toMatchObject({ code: "changing-offsets", details: { row: 52 } });
});

test("months named in letters of several bytes are told apart", async () => {
  const names = ["Januar", "Februar", "März", "April", "Mai", "Juni"];
  const days = Array.from({ length: 150 }, (_, i) => new Date(Date.UTC(2023, 0, 1 + i)));
  const cells = days.map((date) => `${date.getUTCDate()}. ${names[date.getUTCMonth()]} 2023`);
  for (const encoded of [Buffer.from(file(cells), "utf8"), Buffer.from(file(cells), "latin1")]) {
    const { panel } = await parseCsv(encoded);
    expect(panel[0]!.time).toMatchObject({ start: "2023-01-01", frequency: { unit: "day", count: 1 } });
    expect([...panel[0]!.y]).toEqual(days.map((_, row) => row));
  }
});

test("noon and midnight of a clock of twelve hours", async () => {
  const cells = hours.map((date) => {
    const hour = date.getUTCHours();
    return `${date.getUTCMonth() + 1}/${date.getUTCDate()}/2023 ${hour % 12 || 12}:00:00 ${hour < 12 ? "AM" : "PM"}`;
  });
  const { y, time } = await onlySeries(file(cells));
  expect(time).toMatchObject({ start: "2023-02-26T05:00:00", frequency: { unit: "hour", count: 1 } });
  expect([...y]).toEqual(hours.map((_, row) => row));
});

test("intervals end at any minute that begins the next", async () => {
  const cells = hours.map((date) => `${german(date)} - ${german(new Date(date.getTime() + 3_600_000))}`);
  const series = await onlySeries(file(cells));
  expect([...series.y]).toEqual(hours.map((_, row) => row));
  expect(labelsOf(series)).toEqual(cells);
});
