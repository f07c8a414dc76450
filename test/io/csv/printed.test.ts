import { expect, test } from "vitest";
import { parseCsv } from "../../../src/io/csv/parse-csv.js";
import { onlySeries, refusalOf } from "../csv-cases.js";

const text = new TextEncoder();

test.each([
  ["a vector of R", " [1] 10 11 12 13 14\n [6] 15 NA 17\n", [10, 11, 12, 13, 14, 15, Number.NaN, 17]],
  ["a vector of R below its prompt", "> x\n[1] 10.5 11.0 12.5 13.0\n", [10.5, 11, 12.5, 13]],
  ["a call of R", "sales <- c(10, 11,\n  12, NA, 14)\n", [10, 11, 12, Number.NaN, 14]],
  ["NumPy", "[10. 11. 12.\n 13. 14.]\n", [10, 11, 12, 13, 14]],
  ["whole numbers of NumPy", "[10 11 12 13]\n", [10, 11, 12, 13]],
  ["an array of NumPy", "array([10.5, 11. , 12.5, nan, 14. ])\n", [10.5, 11, 12.5, Number.NaN, 14]],
  ["Python with bare points", "[10., 11., 12., 13.]\n", [10, 11, 12, 13]],
  ["one line with commas", "10, 11, 12.5, 13\n", [10, 11, 12.5, 13]],
  ["one line with semicolons and decimal commas", "10;11,5;12;13\n", [10, 11.5, 12, 13]],
  ["one line with tabs", "10\t11\t12\t13", [10, 11, 12, 13]],
  ["one line with blanks", "10 11 12 -13.5 1e3\n", [10, 11, 12, -13.5, 1000]],
] as const)("%s is a series", async (_, printed, numbers) => {
  const { y, time } = await onlySeries(printed);
  expect([...y]).toEqual(numbers);
  expect(time).toBeNull();
});

test("pieces of a file make no difference", async () => {
  const bytes = text.encode(" [1] 10 11 12 13 14\n [6] 15 16 17\n");
  const { panel } = await parseCsv(bytes);
  expect([...panel[0]!.y]).toEqual([10, 11, 12, 13, 14, 15, 16, 17]);
});

test("what only begins like printed values is read as before", async () => {
  expect([...(await onlySeries("10\n11\n12\n13\n")).y]).toEqual([10, 11, 12, 13]);
  expect([...(await onlySeries("[10.5, 11, 12]")).y]).toEqual([10.5, 11, 12]);
  expect((await refusalOf("[1] 10 11\n[5] 12 13\n")).code).toBe("bad-json");
  expect((await refusalOf("1,2,3\n")).code).toBe("ambiguous-value");
});
