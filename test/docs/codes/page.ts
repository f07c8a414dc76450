import { EXPLAINED } from "./explained.js";
import type { Found, Kind } from "./extract.js";

/** A code as the page shows it. */
export interface Explained {
  readonly code: string;
  readonly kinds: readonly Kind[];
  readonly meaning: string | undefined;
  readonly remedy: string | undefined;
}

/** Meaning and remedy of a code: those written for it, else the two halves of its sentence. */
export function explain({ code, kinds, sentence }: Found): Explained {
  const [meaning, remedy, kind] = EXPLAINED[code] ?? [];
  const halves = sentence === undefined ? [] : splitAt(sentence);
  const wanted = /\b(?:must|takes?|needs?|are|is)\b.*\bnot …/.test(sentence ?? "");
  return {
    code,
    kinds: kinds.length === 0 && kind !== undefined ? [kind] : kinds,
    meaning: meaning || halves[0],
    remedy: remedy ?? advice(halves[1]) ?? (wanted ? "Give a value that the message allows." : undefined),
  };
}

/** A sentence as what was found and what to do, which follows the last semicolon. */
function splitAt(sentence: string): string[] {
  const at = sentence.lastIndexOf("; ");
  const meaning = at < 0 ? sentence : `${sentence.slice(0, at)}.`;
  const remedy = at < 0 ? undefined : capital(sentence.slice(at + 2));
  return [capital(meaning), ...(remedy === undefined || !/\w{3}/.test(remedy) ? [] : [remedy])];
}

/** A word as it begins a sentence; a name in code, such as `method=mle` or `mstl(…)`, keeps its letters. */
const capital = (text: string) =>
  /^(?:[\w-]+[=(]|yule\b|fourier\b|ets\b|auto\b|strengths\b|reconcile\b)/.test(text)
    ? text
    : text.charAt(0).toUpperCase() + text.slice(1);

const EXITS: readonly (readonly [title: string, kinds: readonly Kind[], about: string])[] = [
  ["Usage errors", ["usage"], "An option, an argument, a notation or a file name is wrong: exit code 2."],
  ["Data errors", ["data"], "The arguments make sense, but the data cannot be used with them: exit code 3."],
  ["Failures", ["failure"], "Not caused by the input: exit code 1."],
  ["Warnings", ["warning"], "The result needs care. On stderr also with `--quiet`, and in `notes`."],
  ["Information", ["info"], "What was detected or decided. On stderr without `--quiet`, and in `notes`."],
];

/** The generated part of docs/reference/codes.md. */
export function codesPage(found: readonly Found[]): string {
  const explained = found.map(explain);
  const parts = EXITS.map(([title, [kind], about]) => {
    const rows = explained.filter(({ kinds }) => (kinds[0] ?? "data") === kind);
    return [
      `## ${title}`,
      about,
      `| code | meaning | remedy |\n|---|---|---|\n${rows.map(rowOf).join("\n")}`,
    ];
  });
  return `${parts.flat().join("\n\n")}\n`;
}

const rowOf = ({ code, meaning, remedy }: Explained) =>
  `| \`${code}\` | ${cell(meaning)} | ${cell(remedy)} |`;

/** Text of a cell: bars and brackets of HTML would mean something else. */
const cell = (text = "") => text.replaceAll("|", "\\|").replaceAll("<", "&lt;").replaceAll("{", "&#123;");

/** A guess at the word that was meant is advice only with the message at hand. */
const advice = (remedy: string | undefined) =>
  remedy?.startsWith("Did you mean") ? "Use the name that the message suggests." : remedy;
