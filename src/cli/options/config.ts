import { readFileSync } from "node:fs";
import * as v from "valibot";
import { nearest, show } from "../../core/checks.js";
import { usageError } from "../../core/errors.js";
import { joined } from "./option.js";
import { OPTION_NAMES, OPTIONS, type OptionName } from "./options.js";

const scalar = v.union([v.string(), v.number()]);
const KINDS = {
  text: scalar,
  number: scalar,
  list: v.union([v.string(), v.number(), v.array(scalar)]),
  flag: v.boolean(),
} as const;
const EXPECTED = {
  text: "a text",
  number: "a number",
  list: "a text or a list",
  flag: "true or false",
} as const;

const Config = v.strictObject(
  Object.fromEntries(OPTION_NAMES.map((name) => [name, v.optional(KINDS[OPTIONS[name].kind])])),
);

/**
 * The settings of a configuration file as texts, to be read like flags.
 *
 * @throws YuleError `bad-config` naming the key at fault, and the nearest right one where it is unknown.
 */
export function readConfig(path: string, name: string): ReadonlyMap<string, string> {
  const json = parse(readFileSync(path, "utf8"), name);
  if (Array.isArray(json)) throw notAnObject(json, name);
  const parsed = v.safeParse(Config, json);
  if (!parsed.success) throw refused(json, parsed.issues[0], name);
  const entries = Object.entries(parsed.output).filter(([, value]) => value !== undefined);
  return new Map(
    entries.map(([key, value]) => [
      key,
      Array.isArray(value) ? joined(value, OPTIONS[key as OptionName]) : String(value),
    ]),
  );
}

function parse(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw usageError("bad-config", name, undefined, `${name} is not JSON: ${(cause as Error).message}.`);
  }
}

function notAnObject(json: unknown, name: string): Error {
  return usageError("bad-config", name, json, `${name} must be a JSON object of settings.`);
}

function refused(json: unknown, issue: v.BaseIssue<unknown>, name: string): Error {
  const key = String(issue.path?.[0]?.key ?? "");
  if (key === "") return notAnObject(json, name);
  const spec = Object.entries(OPTIONS).find(([option]) => option === key)?.[1];
  if (spec === undefined) {
    const guess = nearest(key, OPTION_NAMES);
    return usageError(
      "bad-config",
      key,
      key,
      `${name} has the key ${show(key)}, which is not a setting; did you mean ${show(guess)}?`,
    );
  }
  const found = JSON.stringify((json as Record<string, unknown>)[key]);
  return usageError(
    "bad-config",
    key,
    found,
    `${show(key)} in ${name} must be ${EXPECTED[spec.kind]}, not ${found}.`,
  );
}
