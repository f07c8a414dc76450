import { nearest, show } from "../../core/checks.js";
import { usageError } from "../../core/errors.js";
import { type Decode, greedy, MOST_OUTCOMES, nucleus, sampled, tempered, topK } from "./decoders.js";

/** How values are chosen at each step, as it is written. */
export type Decoding =
  | "sample"
  | "greedy"
  | `temperature=${number}`
  | `top-k=${number}`
  | `top-p=${number}`
  | `beam=${number}`;

/** What a written decoding says: a decoder a step, or the width of a beam over whole paths. */
export type Decoded =
  | { readonly kind: "steps"; readonly decode: Decode; readonly paths: number | null }
  | { readonly kind: "beam"; readonly width: number; readonly paths: number };

interface Form {
  readonly wanted: string;
  readonly fits: (value: number) => boolean;
  readonly read: (value: number) => Decoded;
}

const steps = (decode: Decode, paths: number | null = null): Decoded => ({ kind: "steps", decode, paths });
const isCount = (value: number) => Number.isInteger(value) && value >= 1 && value <= MOST_OUTCOMES;

const FORMS: Readonly<Record<string, Form>> = {
  temperature: {
    wanted: "a number of at least 0",
    fits: (value) => value >= 0 && value < Number.POSITIVE_INFINITY,
    read: (value) => steps(tempered(value), value === 0 ? 1 : null),
  },
  "top-k": {
    wanted: `a whole number from 1 to ${MOST_OUTCOMES}`,
    fits: isCount,
    read: (value) => steps(topK(value)),
  },
  "top-p": {
    wanted: "a share above 0 and at most 1",
    fits: (value) => value > 0 && value <= 1,
    read: (value) => steps(nucleus(value)),
  },
  beam: {
    wanted: `a whole number from 1 to ${MOST_OUTCOMES}`,
    fits: isCount,
    read: (width) => ({ kind: "beam", width, paths: width }),
  },
};
const WORDS = ["sample", "greedy", ...Object.keys(FORMS)];

/**
 * Reads `greedy`, `temperature=0.7`, `top-k=5`, `top-p=0.9`, `beam=3` or `sample`.
 *
 * `paths` is how many paths that makes by itself: 1 where all would be the same, the width of a beam; null where any number does.
 *
 * @throws YuleError `bad-decode` that names what was found and what is possible.
 */
export function parseDecoding(text: string): Decoded {
  const [word = "", number] = text.trim().toLowerCase().split("=");
  if (number === undefined && word === "sample") return steps(sampled);
  if (number === undefined && word === "greedy") return steps(greedy, 1);
  const form = FORMS[word];
  if (form === undefined) {
    throw bad(
      text,
      `sample, greedy, temperature=T, top-k=K, top-p=P or beam=W (did you mean ${nearest(word, WORDS)}?)`,
    );
  }
  const value = number === undefined || number.trim() === "" ? Number.NaN : Number(number);
  if (!form.fits(value)) throw bad(text, `${word}= with ${form.wanted}`);
  return form.read(value);
}

/** A decoding as it may be given: written, or a decoder of the caller's. */
export function decodedFrom(given: Decode | Decoding | undefined): Decoded {
  if (given === undefined) return steps(sampled);
  if (typeof given === "function") return steps(given);
  if (typeof given === "string") return parseDecoding(given);
  throw bad(given, 'a decoder such as greedy or tempered(0.5), or a text such as "top-p=0.9"');
}

function bad(value: unknown, wanted: string): Error {
  return usageError("bad-decode", "decode", value, `The decoding must be ${wanted}, not ${show(value)}.`);
}
