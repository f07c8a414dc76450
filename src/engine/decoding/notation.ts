import { type Decode, greedy, nucleus, sampled, tempered, topK } from "./decoders.js";
import { badDecoding, type Decoding, decodingForm } from "./forms.js";

export type { Decoding } from "./forms.js";

/** What a written decoding says: a decoder a step, or the width of a beam over whole paths. */
export type Decoded =
  | { readonly kind: "steps"; readonly decode: Decode; readonly paths: number | null }
  | { readonly kind: "beam"; readonly width: number; readonly paths: number };

const steps = (decode: Decode, paths: number | null = null): Decoded => ({ kind: "steps", decode, paths });

/**
 * Reads `greedy`, `temperature=0.7`, `top-k=5`, `top-p=0.9`, `beam=3` or `sample`.
 *
 * `paths` is how many paths that makes by itself: 1 where all would be the same, the width of a beam; null where any number does.
 *
 * @throws YuleError `bad-decode` that names what was found and what is possible.
 */
export function parseDecoding(text: string): Decoded {
  const form = decodingForm(text);
  switch (form.word) {
    case "sample":
      return steps(sampled);
    case "greedy":
      return steps(greedy, 1);
    case "temperature":
      return steps(tempered(form.value), form.value === 0 ? 1 : null);
    case "top-k":
      return steps(topK(form.value));
    case "top-p":
      return steps(nucleus(form.value));
    case "beam":
      return { kind: "beam", width: form.value, paths: form.value };
  }
}

/** A decoding as it may be given: written, or a decoder of the caller's. */
export function decodedFrom(given: Decode | Decoding | undefined): Decoded {
  if (given === undefined) return steps(sampled);
  if (typeof given === "function") return steps(given);
  if (typeof given === "string") return parseDecoding(given);
  throw badDecoding(given, 'a decoder such as greedy or tempered(0.5), or a text such as "top-p=0.9"');
}
