import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import { momentOf, readTime } from "../../src/core/time/forms/index.js";
import { formatTime } from "../../src/core/time/time-style.js";
import { readOne } from "../../src/core/time/time-text.js";

function read(text: string): { local: string; offset: number | null; style: string } | null {
  const fields = readOne(text);
  if (fields === null) return null;
  const local = Temporal.Instant.fromEpochMilliseconds(momentOf(fields)).toString().replace("Z", "");
  return { local, offset: fields.offset, style: fields.style };
}

describe("times as people and programs write them", () => {
  test.each([
    ["2024-01-05", "2024-01-05T00:00:00", "YYYY-MM-DD"],
    ["2024/1/5", "2024-01-05T00:00:00", "YYYY/M/D"],
    ["2024.01.05", "2024-01-05T00:00:00", "YYYY.MM.DD"],
    ["2024-01-05T06:07", "2024-01-05T06:07:00", "YYYY-MM-DD[T]HH:mm"],
    ["2024-01-05 06:07:08", "2024-01-05T06:07:08", "YYYY-MM-DD HH:mm:ss"],
    ["2024-01-05 06:07:08.25", "2024-01-05T06:07:08.25", "YYYY-MM-DD HH:mm:ss.SS"],
    ["2024-01-05T24:00", "2024-01-06T00:00:00", "YYYY-MM-DD[T]{kk}:mm"],
    ["2024-01-05 06", "2024-01-05T06:00:00", "YYYY-MM-DD HH"],
    ["2024-01-05 1:30 PM", "2024-01-05T13:30:00", "YYYY-MM-DD h:mm A"],
    ["2024-01-05 12:30am", "2024-01-05T00:30:00", "YYYY-MM-DD hh:mma"],
    ["1960-02", "1960-02-01T00:00:00", "YYYY-MM"],
    ["1960M02", "1960-02-01T00:00:00", "YYYY[M]MM"],
    ["1960m2", "1960-02-01T00:00:00", "YYYY[m]M"],
    ["02/1960", "1960-02-01T00:00:00", "MM/YYYY"],
    ["Feb 1960", "1960-02-01T00:00:00", "Mon YYYY"],
    ["february-1960", "1960-02-01T00:00:00", "month-YYYY"],
    ["1960 FEB", "1960-02-01T00:00:00", "YYYY MON"],
    ["5 Feb 1960", "1960-02-05T00:00:00", "D Mon YYYY"],
    ["05-FEB-1960", "1960-02-05T00:00:00", "DD-MON-YYYY"],
    ["Feb 5, 1960", "1960-02-05T00:00:00", "Mon D, YYYY"],
    ["5 Feb 1960 10:20", "1960-02-05T10:20:00", "D Mon YYYY HH:mm"],
    ["1960 Q2", "1960-04-01T00:00:00", "YYYY [Q]Q"],
    ["1960q2", "1960-04-01T00:00:00", "YYYY[q]Q"],
    ["Q2 1960", "1960-04-01T00:00:00", "[Q]Q YYYY"],
    ["2020-W53", "2020-12-28T00:00:00", "GGGG-[W]WW"],
    ["2021W01", "2021-01-04T00:00:00", "GGGG[W]WW"],
    ["2020-W53-7", "2021-01-03T00:00:00", "GGGG-[W]WW-E"],
    ["-0044-03-15", "-000044-03-15T00:00:00", "YYYY-MM-DD"],
  ])("%s", (text, local, style) => {
    expect(read(text)).toEqual({ local, offset: null, style });
    if (!text.includes("24:00")) {
      const fields = readOne(text)!;
      expect(formatTime(style, { local: momentOf(fields), offset: 0 })).toBe(text);
    }
  });

  test.each([
    ["2024-01-05T06:07Z", 0, "YYYY-MM-DD[T]HH:mm[Z]"],
    ["2024-01-05T06:07:08+01:00", 60, "YYYY-MM-DD[T]HH:mm:ssZ"],
    ["2024-01-05 06:07:08 -0330", -210, "YYYY-MM-DD HH:mm:ss ZZ"],
    ["2024-01-05T06:07-08", -480, "YYYY-MM-DD[T]HH:mmZZZ"],
    ["2024-01-05 06:07 UTC", 0, "YYYY-MM-DD HH:mm [UTC]"],
  ])("%s has an offset", (text, offset, style) => {
    const fields = readOne(text)!;
    expect({ offset: fields.offset, style: fields.style }).toEqual({ offset, style });
    expect(formatTime(style, { local: momentOf(fields), offset })).toBe(text);
  });

  test("two numbers before the year are not decided alone", () => {
    const forms = (text: string) => readTime(text).map(({ form }) => form);
    expect(readOne("03/04/2024")).toBeNull();
    expect(forms("03/04/2024")).toEqual(["dmy", "mdy"]);
    expect(forms("3.4.2024")).toEqual(["dmy", "mdy-points"]);
    expect(forms("01-02-03")).toEqual(["dmy", "mdy", "ymd-short"]);
    expect(forms("25/12/2024")).toEqual(["dmy"]);
    const [dmy, mdy] = readTime("03/04/2024 10:00");
    expect(formatTime("YYYY-MM-DD HH:mm", { local: momentOf(dmy!), offset: 0 })).toBe("2024-04-03 10:00");
    expect(formatTime("YYYY-MM-DD HH:mm", { local: momentOf(mdy!), offset: 0 })).toBe("2024-03-04 10:00");
  });

  test.each([
    "",
    "soon",
    "12",
    "1960",
    "12.5",
    "12.3456",
    "2024-02-30",
    "2024-00-01",
    "2024-13",
    "2024-W54",
    "2021-W53",
    "2024-W00",
    "2024 Q5",
    "Foo 2024",
    "45/45/2024",
    "2024-01-05T25:00",
    "2024-01-05T10:60",
    "2024-01-05T13:00 PM",
    "2024-01 10:00",
    "1,234",
    "A-1",
    "N2000",
  ])("%j is no time", (text) => {
    expect(readOne(text)).toBeNull();
  });
});
