/**
 * What a comment beside an expression states about its value: numbers as printed and words in quotes, up to the first
 * semicolon, colon followed by prose, or sentence.
 */
export interface Stated {
  readonly numbers: readonly string[];
  readonly words: readonly string[];
}

export function statedBy(comment: string): Stated {
  const words = [...comment.matchAll(/"([^"…]+)"/g)].map(([, word]) => word!);
  const [claim] = comment
    .replace(/"[^"]*"|\w+\(\d+\)/g, " ")
    .replaceAll("−", "-")
    .split(/;|: (?=[a-z])|\. |, and /);
  const numbers = [...claim!.matchAll(/(?<![\w.])-?\d+(?:\.\d+)?(?:e-?\d+)?(?![\w])/g)].map(
    ([number]) => number,
  );
  return { numbers, words };
}

/** Every number and text inside a value, however deep. */
export function leavesOf(value: unknown, depth = 0): { numbers: number[]; texts: string[] } {
  if (typeof value === "number") return { numbers: [value], texts: [] };
  if (typeof value === "string") return { numbers: [], texts: [value] };
  if (value === null || typeof value !== "object" || depth > 6) return { numbers: [], texts: [] };
  const inner = ArrayBuffer.isView(value) ? [...(value as Float64Array)] : Object.values(value);
  const leaves = inner.map((part) => leavesOf(part, depth + 1));
  return { numbers: leaves.flatMap((leaf) => leaf.numbers), texts: leaves.flatMap((leaf) => leaf.texts) };
}

/** The stated numbers and words that the value does not hold, a number to the digits printed. */
export function missingFrom(value: unknown, { numbers, words }: Stated): string[] {
  const leaves = leavesOf(value);
  const held = (printed: string) =>
    leaves.numbers.some((number) => Math.abs(number - Number(printed)) <= roundingOf(printed));
  return [
    ...numbers.filter((printed) => !held(printed)),
    ...words.filter((word) => !leaves.texts.some((text) => text.includes(word))),
  ];
}

/** Half a unit of the last printed digit, and a little for decimals that binary numbers do not hold. */
function roundingOf(printed: string): number {
  const [mantissa, exponent] = printed.split("e");
  const decimals = mantissa!.split(".")[1]?.length ?? 0;
  return Number(`0.5001e${Number(exponent ?? 0) - decimals}`);
}
