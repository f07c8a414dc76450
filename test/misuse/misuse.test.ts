import { describe, expect, test } from "vitest";
import { YuleError } from "../../src/core/errors.js";
import * as diagnostics from "../../src/diagnostics.js";
import * as distributions from "../../src/distributions.js";
import * as yule from "../../src/index.js";
import * as metrics from "../../src/metrics.js";
import * as node from "../../src/node.js";
import { CALLS } from "./calls.js";

/** Estimates are data of the family alone; a scale and a variation of nothing are documented to be NaN. */
const OPAQUE = new Set([
  "replay 2",
  "naiveScale 1",
  "guerreroVariation 1",
  "roll 2",
  "roll 3",
  "assembleFit 2",
]);

type Callable = (...given: unknown[]) => unknown;
const entries = { ...diagnostics, ...distributions, ...metrics, ...node, ...yule };
const exported = entries as unknown as Readonly<Record<string, Callable>>;

/** Functions that take functions, iterables or records of the caller's own, tested where they live; and the error class. */
const ELSEWHERE = ["YuleError", "parseCsv", "readCsv", "readSeries", "readDataset", "datasetText"];

const sound = yule.series([3, 5, 4, 6]);
/** What plain JavaScript may pass in the place of something else. */
const JUNK: Readonly<Record<string, unknown>> = {
  null: null,
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  "minus one": -1,
  "a fraction": 1.5,
  "a text": "abc",
  "a number as text": "12",
  "an empty text": "",
  true: true,
  "a number of another kind": 12n,
  "an empty object": {},
  "an object": { oder: 2 },
  "an object without a class": Object.create(null),
  "a date": new Date(0),
  "a map": new Map([[1, 2]]),
  "a set": new Set([1, 2, 3]),
  "a function": () => 3,
  "a symbol": Symbol("s"),
  "texts of digits": ["1", "2", "3", "4"],
  "lists in a list": [[1], [2], [3]],
  "big numbers in a list": [1n, 2n, 3n],
  "dates in a list": [new Date(0), new Date(1)],
  "64-bit numbers": new BigInt64Array([1n, 2n]),
  "infinite values": [1, Number.NEGATIVE_INFINITY, 2, 3],
  "an empty list": [],
  "a promise": Promise.resolve(3),
  "a model": yule.naive(),
  "a fitted model": yule.naive().fit(sound),
};

/** A result, with all that it yields where that is asynchronous. */
async function ended(result: unknown): Promise<unknown> {
  if (typeof result !== "object" || result === null || !(Symbol.asyncIterator in result)) return result;
  const yielded: unknown[] = [];
  for await (const one of result as AsyncIterable<unknown>) yielded.push(one);
  return yielded;
}

/** A call must end in a coded error, or in a result that a sound call could have too. */
async function attempt(name: string, given: readonly unknown[]): Promise<string | null> {
  try {
    const result = await ended(exported[name]!(...given));
    return hasNaN(result) ? "returns NaN" : null;
  } catch (error) {
    if (error instanceof YuleError && /^[a-z]+(-[a-z0-9]+)*$/.test(error.code) && error.code !== "internal")
      return null;
    return `throws ${String(error).slice(0, 100)}`;
  }
}

function hasNaN(value: unknown, depth = 0): boolean {
  if (typeof value === "number") return Number.isNaN(value);
  if (value === null || typeof value !== "object" || depth > 1) return false;
  const members = ArrayBuffer.isView(value) ? Array.from(value as Float64Array) : Object.values(value);
  return members.length > 0 && members.every((member) => hasNaN(member, depth + 1));
}

test("every exported function is called here, or known to be tested elsewhere", () => {
  const functions = Object.keys(entries).filter((name) => typeof exported[name] === "function");
  expect([...Object.keys(CALLS), ...ELSEWHERE].sort()).toEqual(functions.sort());
});

describe.each(Object.entries(CALLS))("%s", (name, given) => {
  test("the sound call works", async () => {
    await ended(exported[name]!(...given));
  });

  test("junk in the place of any argument, or after them, is refused with a code", async () => {
    const bad: string[] = [];
    for (const [what, junk] of Object.entries(JUNK)) {
      for (let at = 0; at < given.length; at++) {
        const ending = await attempt(name, given.toSpliced(at, 1, junk));
        if (OPAQUE.has(`${name} ${at + 1}`)) continue;
        if (ending !== null) bad.push(`argument ${at + 1} is ${what}: ${ending}`);
      }
    }
    expect(bad).toEqual([]);
  });

  test("no argument at all is refused with a code, or works", async () => {
    expect(await attempt(name, [])).toBeNull();
  });

  const options = given.at(-1);
  const plain =
    typeof options === "object" && Object.getPrototypeOf(options) === Object.prototype && given.length > 0;
  const takesOptions =
    plain &&
    !["strengths", "transformed", "interval", "option", "assembleFit"].includes(name) &&
    !("process" in (options as object)) &&
    !("fit" in (options as object)) &&
    !("y" in (options as object));
  test.runIf(takesOptions)("unknown options are named, known ones checked", async () => {
    const first = Object.keys(options as object)[0]!;
    const typo = `${first.slice(0, 1)}${first.slice(2)}`;
    const call = async (changed: object) => ended(exported[name]!(...given.slice(0, -1), changed));
    await expect(call({ [typo]: 1 })).rejects.toMatchObject({ code: "unknown-option", argument: typo });
    await expect(call({ [typo]: 1 })).rejects.toThrow(`did you mean ${first}?`);
    await expect(exported.forecast && call(3 as unknown as object)).rejects.toMatchObject({
      code: "bad-options",
    });
    const bad: string[] = [];
    for (const option of Object.keys(options as object)) {
      for (const [what, junk] of Object.entries(JUNK)) {
        const ending = await attempt(name, [
          ...given.slice(0, -1),
          { ...(options as object), [option]: junk },
        ]);
        if (ending !== null) bad.push(`${option} is ${what}: ${ending}`);
      }
    }
    expect(bad).toEqual([]);
  });
});
