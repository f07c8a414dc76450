import { fieldsOf, show } from "../../core/checks.js";
import { usageError } from "../../core/errors.js";
import type { Kind } from "./kinds.js";

/** Whether an option must be given, has a value when it is not, or is then left open (null) to the fit. */
export type Presence = "required" | "default" | "open";

/** One option of a model: the single description that its types, checks, notation and lists come from. */
export interface Option<T, R extends Presence = Presence> {
  readonly kind: Kind<T>;
  readonly presence: R;
  /** Null where the option is required or open. */
  readonly default: T | null;
  /** What stands for the default in lists. */
  readonly shown: string;
  /** A few words for `yule models` and the docs. */
  readonly summary: string;
  /** Names that meant it in an earlier version, as in code and in notations; they are still taken. */
  readonly aliases: readonly string[];
  /** Whether it can be given in code only, since no notation could say it. */
  readonly inCode: boolean;
  /** What a sentence that refuses a value adds: which model takes it, what to write instead. */
  readonly instead: string | null;
}

/** Options by their names in code; in notations `maxOrder` is written `max-order`. */
export type Schema = Readonly<Record<string, Option<unknown>>>;

interface About {
  readonly summary: string;
  readonly aliases?: readonly string[];
  readonly instead?: string;
  readonly inCode?: true;
}

/**
 * An option of a kind: with a `default`, `required`, or left open with what then happens in `unset`.
 *
 * @param kind what values it takes, one of `kinds`, such as `kinds.whole(0, 12)`.
 * @param about `summary` in one phrase; `default`, or `required`, or `unset`: the value that is used without one.
 * @returns the option for the schema of a definition.
 * @throws YuleError `bad-option` for another kind, no summary, or a default that the kind does not take.
 * @example option(kinds.whole(0, 12), { default: 2, summary: "the order" });
 */
export function option<T>(
  kind: Kind<T>,
  about: About & { readonly default: NoInfer<T>; readonly shown?: string },
): Option<T, "default">;
export function option<T>(kind: Kind<T>, about: About & { readonly unset: string }): Option<T, "open">;
export function option<T>(kind: Kind<T>, about: About & { readonly required: true }): Option<T, "required">;
export function option<T>(
  kind: Kind<T>,
  about: About & {
    readonly default?: T;
    readonly unset?: string;
    readonly required?: true;
    readonly shown?: string;
  },
): Option<T> {
  if (typeof fieldsOf(kind).accepts !== "function" || typeof fieldsOf(about).summary !== "string")
    throw notAbout(typeof fieldsOf(kind).accepts === "function" ? about : kind);
  const { summary, aliases = [], instead = null, inCode = false, required, unset } = about;
  const shared = { kind, summary, aliases, instead, inCode };
  if (required) return { ...shared, presence: "required", default: null, shown: "" };
  if (unset !== undefined) return { ...shared, presence: "open", default: null, shown: unset };
  const value = about.default as T;
  if (!kind.accepts(value)) throw notAbout(about);
  return { ...shared, presence: "default", default: value, shown: about.shown ?? kind.write(value) };
}

function notAbout(value: unknown): Error {
  const message = `An option is made as option(kinds.whole(0, 12), { default: 2, summary: "the order" }), its default of that kind, not of ${show(value)}.`;
  return usageError("bad-option", "option", value, message);
}

type ValueOf<O> = O extends Option<infer T> ? T : never;

/** What a constructor takes. */
export type OptionsOf<S extends Schema> = {
  readonly [K in keyof S as S[K]["presence"] extends "required" ? K : never]: ValueOf<S[K]>;
} & {
  readonly [K in keyof S as S[K]["presence"] extends "required" ? never : K]?: ValueOf<S[K]>;
};

/** What a fit gets: every option with its value, null where it was left open. */
export type ChoiceOf<S extends Schema> = {
  readonly [K in keyof S]: S[K]["presence"] extends "open" ? ValueOf<S[K]> | null : ValueOf<S[K]>;
};

/** How options are written: `name(first,second, option=value)(second group)[period]`. */
export interface Syntax {
  readonly name: string;
  readonly options: Schema;
  /** Options that stand in parentheses without their names, a list for each pair; the first pair is always written. */
  readonly positions?: readonly (readonly string[])[];
  /** Said where a notation leaves some of the first pair out, if it may not. */
  readonly allPositions?: string;
  /** The option that stands in brackets, as in `[12]`. */
  readonly period?: string;
  /** Notations that show every form. */
  readonly forms: readonly string[];
}

/** The same with its options by type. */
export interface Form<S extends Schema> extends Syntax {
  readonly options: S;
  readonly positions?: readonly (readonly (keyof S & string)[])[];
  readonly period?: keyof S & string;
  /** Options that play no part in a choice, so that they are not written. */
  unwritten?(choice: ChoiceOf<S>): readonly (keyof S & string)[];
}
