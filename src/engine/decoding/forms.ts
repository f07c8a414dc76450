import { nearest, show } from "../../core/checks.js";
import { usageError } from "../../core/errors.js";

/** How values are chosen at each step, as it is written. */
export type Decoding =
  | "sample"
  | "greedy"
  | `temperature=${number}`
  | `top-k=${number}`
  | `top-p=${number}`
  | `beam=${number}`;

/** A written decoding as word and number. */
export type DecodingForm =
  | { readonly word: "sample" | "greedy" }
  | { readonly word: Numbered; readonly value: number };

type Numbered = "temperature" | "top-k" | "top-p" | "beam";

/** Outcomes that `topK` and `beam` list at most. */
export const MOST_OUTCOMES = 100_000;

interface Range {
  readonly wanted: string;
  readonly holds: (value: number) => boolean;
}

const COUNT: Range = {
  wanted: `a whole number from 1 to ${MOST_OUTCOMES}`,
  holds: (value) => Number.isInteger(value) && value >= 1 && value <= MOST_OUTCOMES,
};

const RANGES: Readonly<Record<Numbered, Range>> = {
  temperature: {
    wanted: "a number of at least 0",
    holds: (value) => value >= 0 && value < Number.POSITIVE_INFINITY,
  },
  "top-k": COUNT,
  "top-p": { wanted: "a share above 0 and at most 1", holds: (value) => value > 0 && value <= 1 },
  beam: COUNT,
};
const WORDS = ["sample", "greedy", ...Object.keys(RANGES)];

/**
 * Reads `greedy`, `temperature=0.7`, `top-k=5`, `top-p=0.9`, `beam=3` or `sample`, without the code that decodes.
 *
 * @throws YuleError `bad-decode` that names what was found and what is possible.
 */
export function decodingForm(text: string): DecodingForm {
  const [word = "", number] = text.trim().toLowerCase().split("=");
  if (number === undefined && (word === "sample" || word === "greedy")) return { word };
  if (!isNumbered(word)) {
    throw badDecoding(
      text,
      `sample, greedy, temperature=T, top-k=K, top-p=P or beam=W (did you mean ${nearest(word, WORDS)}?)`,
    );
  }
  const value = number === undefined || number.trim() === "" ? Number.NaN : Number(number);
  const { wanted, holds } = RANGES[word];
  if (!holds(value)) throw badDecoding(text, `${word}= with ${wanted}`);
  return { word, value };
}

function isNumbered(word: string): word is Numbered {
  return Object.hasOwn(RANGES, word);
}

export function badDecoding(value: unknown, wanted: string): Error {
  return usageError("bad-decode", "decode", value, `The decoding must be ${wanted}, not ${show(value)}.`);
}
