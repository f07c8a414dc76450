import { describe, expect, test } from "vitest";
import { parseCsv } from "../../src/io/csv/parse-csv.js";
import { lines, onlySeries } from "./csv-cases.js";

const PLAIN = lines("ds,y", "2024-01-01,1.5", "2024-02-01,", "2024-03-01,-3e2");
const EXPECTED = [1.5, Number.NaN, -300];

async function values(text: string | Uint8Array, options = {}): Promise<number[]> {
  return [...(await onlySeries(text, options)).y];
}

function utf16(text: string, littleEndian: boolean, mark: boolean): Uint8Array {
  const full = (mark ? "\ufeff" : "") + text;
  const view = new DataView(new ArrayBuffer(2 * full.length));
  for (let i = 0; i < full.length; i++) view.setUint16(2 * i, full.charCodeAt(i), littleEndian);
  return new Uint8Array(view.buffer);
}

describe("line ends and delimiters", () => {
  test.each([
    ["LF", PLAIN],
    ["no last line end", PLAIN.trimEnd()],
    ["CRLF", PLAIN.replaceAll("\n", "\r\n")],
    ["CR", PLAIN.replaceAll("\n", "\r")],
    ["CR without the last", PLAIN.trimEnd().replaceAll("\n", "\r")],
    ["semicolons", PLAIN.replaceAll(",", ";")],
    ["tabs", PLAIN.replaceAll(",", "\t")],
    ["bars", PLAIN.replaceAll(",", "|")],
    ["blanks around cells", PLAIN.replaceAll(",", " , ")],
    ["blank lines", PLAIN.replaceAll("\n", "\n\n")],
    ["blank lines at the end", `${PLAIN}\n\n  \n`],
    ["a row of delimiters at the end", `${PLAIN},\n`],
    ["a delimiter at each end", PLAIN.replaceAll("\n", ",\n").replace(",\n", "\n")],
    ["comment lines first", `# made by hand\n# on Monday\n${PLAIN}`],
    ["a line for spreadsheets first", `sep=;\r\n${PLAIN.replaceAll(",", ";")}`],
    ["quotes everywhere", PLAIN.replace(/[^,\n]+/g, '"$&"')],
    ["quotes around names", PLAIN.replace("ds,y", '"ds","y"')],
  ])("%s", async (_, text) => {
    expect(await values(text)).toEqual(EXPECTED);
  });

  test("what was found is told", async () => {
    const { decisions } = await parseCsv(PLAIN.replaceAll(",", "\t"));
    expect(decisions).toMatchObject({
      delimiter: "\t",
      header: true,
      encoding: "utf-8",
      rows: 3,
      decimal: ".",
    });
  });

  test("a delimiter that is given is kept to", async () => {
    const text = lines("ds;y,z", "2024-01-01;1,2", "2024-02-01;2,3");
    expect(await values(text, { delimiter: ";", value: "y,z" })).toEqual([1.2, 2.3]);
  });
});

describe("quotes", () => {
  test("cells with delimiters, quotes and line ends in them", async () => {
    const text = lines(
      'when,"what, exactly",y',
      '2024-01-01,"a, b",1',
      '2024-02-01,"say ""hi""",2',
      '2024-03-01,"two',
      'lines",3',
      "2024-04-01,plain,4",
    );
    const { panel, decisions } = await parseCsv(text);
    expect([...panel[0]!.y]).toEqual([1, 2, 3, 4]);
    expect(decisions.columns).toEqual(["when", "what, exactly", "y"]);
  });

  test("a name that needs the full rules is kept whole", async () => {
    const text = lines("id,ds,y", '"the ""A"" one",2024,1', '"the ""A"" one",2025,2', "B,2024,3", "B,2025,4");
    expect((await parseCsv(text)).panel.map(({ id }) => id)).toEqual(['the "A" one', "B"]);
  });

  test("rows after a quoted one keep their line numbers", async () => {
    const text = lines("ds,note,y", '2024-01-01,"a\n""b""\nc",1', "2024-02-01,x,2", "2024-03-01,x,oops");
    await expect(parseCsv(text)).rejects.toThrow(/row 6, column y/);
  });

  test("the delimiter is found where only the full rules of quoting cut evenly", async () => {
    const text = lines("ds;id;y", '2024;"the ""A"" one";1,5', '2025;"the ""A"" one";2,5');
    const { panel, decisions } = await parseCsv(text);
    expect(decisions.delimiter).toBe(";");
    expect(panel.map(({ id, y }) => [id, ...y])).toEqual([['the "A" one', 1.5, 2.5]]);
  });

  test("a quote inside a cell is a letter", async () => {
    const { panel } = await parseCsv(lines("id,ds,y", '5" pipe,2024,1', '5" pipe,2025,2'));
    expect(panel[0]!.id).toBe('5" pipe');
  });
});

describe("header", () => {
  test("none: columns are counted", async () => {
    const { panel, decisions } = await parseCsv(lines("1949-01,112", "1949-02,118", "1949-03,132"));
    expect([...panel[0]!.y]).toEqual([112, 118, 132]);
    expect(decisions).toMatchObject({ header: false, time: "column1", values: ["column2"] });
  });

  test("a single column of numbers, with and without a name", async () => {
    expect(await values("1\n2\n3\n")).toEqual([1, 2, 3]);
    expect(await values("sales\n1\n2\n3\n")).toEqual([1, 2, 3]);
    expect(await values("1")).toEqual([1]);
  });

  test("in a single column a blank line between numbers is a missing value", async () => {
    expect(await values("y\n1\n\n3\n\n\n")).toEqual([1, Number.NaN, 3]);
  });

  test("can be said to be there or not", async () => {
    expect(await values("2020\n1\n2\n", { header: true })).toEqual([1, 2]);
    expect(await values("NA\n1\n2\n", { header: false })).toEqual([Number.NaN, 1, 2]);
  });

  test("row names of R without a name of their own", async () => {
    const { panel, decisions } = await parseCsv(lines('"","x"', '"1",5.5', '"2",6.5', '"3",7.5'));
    expect([...panel[0]!.y]).toEqual([5.5, 6.5, 7.5]);
    expect(decisions.time).toBe("column1");
  });

  test("names like those of object prototypes are names like others", async () => {
    const text = lines("__proto__,constructor,toString", "2024-01-01,5,1", "2024-01-02,6,2");
    const { panel, decisions } = await parseCsv(text, { value: "constructor", inputs: ["toString"] });
    expect([...panel[0]!.y]).toEqual([5, 6]);
    expect(panel[0]!.inputs.names).toEqual(["toString"]);
    expect(decisions.time).toBe("__proto__");
    const swapped = await parseCsv(text.replace("__proto__,constructor", "constructor,__proto__"), {
      value: "__proto__",
    });
    expect([...swapped.panel[0]!.y]).toEqual([5, 6]);
    const ids = await parseCsv(
      lines("id,ds,y", "__proto__,2024,1", "__proto__,2025,2", "constructor,2024,3", "constructor,2025,4"),
    );
    expect(ids.panel.map(({ id, y }) => [id, ...y])).toEqual([
      ["__proto__", 1, 2],
      ["constructor", 3, 4],
    ]);
  });
});

describe("encodings", () => {
  const text = lines("Datum;Größe", "2024-01-01;1,5", "2024-02-01;2,5");
  const latin1 = Uint8Array.from(text, (c) => c.charCodeAt(0));

  test.each([
    ["UTF-8", new TextEncoder().encode(text), "utf-8"],
    ["UTF-8 with a mark", new TextEncoder().encode(`\ufeff${text}`), "utf-8"],
    ["UTF-16 little-endian with a mark", utf16(text, true, true), "utf-16le"],
    ["UTF-16 big-endian with a mark", utf16(text, false, true), "utf-16be"],
    ["UTF-16 little-endian", utf16(text, true, false), "utf-16le"],
    ["UTF-16 big-endian", utf16(text, false, false), "utf-16be"],
    ["windows-1252", latin1, "windows-1252"],
  ])("%s", async (_, bytes, encoding) => {
    const { panel, decisions } = await parseCsv(bytes);
    expect([...panel[0]!.y]).toEqual([1.5, 2.5]);
    expect(decisions).toMatchObject({ columns: ["Datum", "Größe"], encoding });
  });

  test("signs that only windows-1252 has, in ids far down the file", async () => {
    const rows = Array.from({ length: 20_000 }, (_, i) => `A,${i + 1},${i}`);
    const body = ["id,t,y", ...rows, "caf\u00e9 \u0080,1,5", "caf\u00e9 \u0080,2,5"].join("\n");
    const { panel, decisions } = await parseCsv(Uint8Array.from(body, (c) => c.charCodeAt(0)));
    expect(panel.map(({ id }) => id)).toEqual(["A", "café €"]);
    expect(decisions.encoding).toBe("windows-1252");
  });

  test("an encoding that is given is kept to", async () => {
    const { decisions } = await parseCsv(latin1, { encoding: "windows-1252" });
    expect(decisions.columns).toEqual(["Datum", "Größe"]);
  });
});

describe("numbers", () => {
  test.each([
    ["decimal comma", "ds;y", ["1,5", "-2,25", "300"], [1.5, -2.25, 300]],
    ["thousands and a decimal comma", "ds;y", ["1.234,5", "12,5", "7"], [1234.5, 12.5, 7]],
    ["thousands with points only", "ds;y", ["1.234.567", "1.000", "7"], [1234567, 1000, 7]],
    ["blanks between thousands", "ds;y", ["1 234,5", "12 345 678,5", "7"], [1234.5, 12345678.5, 7]],
    ["apostrophes between thousands", "ds;y", ["1'234.5", "12'345'678", "7"], [1234.5, 12345678, 7]],
    ["a point as ever", "ds;y", ["1.234", "12.5", "7"], [1.234, 12.5, 7]],
    ["quoted thousands", "ds,y", ['"1,234"', '"12,345,678"', "7"], [1234, 12345678, 7]],
    [
      "quoted thousands with decimals",
      "ds,y",
      ['"1,234.5"', "12.5", '"999,999.5"'],
      [1234.5, 12.5, 999999.5],
    ],
    ["quoted decimal commas", "ds,y", ['"1,5"', '"12,25"', '"0,125"'], [1.5, 12.25, 0.125]],
  ])("%s", async (_, header, cells, expected) => {
    const mark = header[2]!;
    const text = lines(header, ...cells.map((cell, i) => `2024-0${i + 1}-01${mark}${cell}`));
    expect(await values(text)).toEqual(expected);
  });

  test("every spelling of a missing value", async () => {
    const cells = ["1", "", "NA", "NaN", "null", "-", "?", "N/A", "#N/A", ".", "nan", "2"];
    const text = lines("t,y", ...cells.map((cell, i) => `${i + 1},${cell}`));
    expect(await values(text)).toEqual([1, ...new Array(10).fill(Number.NaN), 2]);
  });

  test("thousands that appear after many plain numbers", async () => {
    const rows = Array.from({ length: 2000 }, (_, i) => `${i + 1},${i < 1500 ? 0.5 + i : '"1,234.5"'}`);
    const y = await values(lines("t,y", ...rows));
    expect(y[0]).toBe(0.5);
    expect(y[1999]).toBe(1234.5);
  });

  test("a decimal comma that appears after many whole numbers", async () => {
    const rows = Array.from({ length: 2000 }, (_, i) => `${i + 1};${i < 1500 ? i : "12,5"}`);
    expect((await values(lines("t;y", ...rows)))[1999]).toBe(12.5);
  });

  test("the mark of other columns decides for one that could be read both ways", async () => {
    const text = lines("ds;y;z", "2024-01-01;1,234;0,5", "2024-01-02;2,345;12,25");
    expect(await values(text, { value: "y" })).toEqual([1.234, 2.345]);
  });

  test("the largest numbers are numbers", async () => {
    expect(await values("y\n1e308\n-1.7976931348623157e308\n5e-324\n")).toEqual([
      1e308,
      -Number.MAX_VALUE,
      5e-324,
    ]);
  });

  test("true and false in an input are 1 and 0", async () => {
    const { panel } = await parseCsv(lines("t,y,holiday", "1,5,TRUE", "2,6,false"), { inputs: ["holiday"] });
    expect([...panel[0]!.inputs.columns[0]!]).toEqual([1, 0]);
  });
});
