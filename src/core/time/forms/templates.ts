import { literal } from "../time-style.js";

/** What a piece of a written date says. */
export type Field =
  | "year"
  | "month"
  | "word"
  | "day"
  | "dayOfYear"
  | "quarter"
  | "roman"
  | "half"
  | "week"
  | "weekday"
  | "nextYear";

interface Piece {
  readonly expression: string;
  readonly field: Field | null;
}

/** Pieces of dates by the letters that templates write for them. */
const PIECES: Readonly<Record<string, Piece>> = {
  Y: { expression: "[+-]?\\d{4,6}", field: "year" },
  YYYY: { expression: "[12]\\d{3}", field: "year" },
  y: { expression: "['’]?\\d{2}", field: "year" },
  M: { expression: "\\d{1,2}", field: "month" },
  D: { expression: "\\d{1,2}", field: "day" },
  MM: { expression: "\\d\\d", field: "month" },
  DD: { expression: "\\d\\d", field: "day" },
  JJJ: { expression: "\\d{3}", field: "dayOfYear" },
  J: { expression: "\\d{1,3}", field: "dayOfYear" },
  N: { expression: "\\p{L}[\\p{L}\\p{M}'’ʼ׳]*(?:\\.[\\p{L}\\p{M}]+)*\\.?", field: "word" },
  Q: { expression: "[1-4]", field: "quarter" },
  R: { expression: "(?:IV|I{1,3})", field: "roman" },
  H: { expression: "[12]", field: "half" },
  W: { expression: "\\d{1,2}", field: "week" },
  WW: { expression: "\\d\\d", field: "week" },
  E: { expression: "[1-7]", field: "weekday" },
  X: { expression: "\\d{4}|\\d{2}", field: "nextYear" },
};

/** Names and words that a template cannot do without. */
const NEEDS_LETTERS = /\{N\}|\\p\{L\}\[|\{R\}|[年년]/;

/**
 * A way of writing a date: in its text `{Y}` is a piece, `{=}` the mark that stood before, anything else an expression
 * whose match is kept as it is, e.g. `{Y}[-/]{M}{=}{D}`. It is compiled when it is first tried, as most never are.
 */
export class Template {
  /** Whether only texts with letters can match. */
  readonly lettered: boolean;
  private compiled: { readonly expression: RegExp; readonly fields: readonly (Field | null)[] } | null = null;

  constructor(private readonly text: string) {
    this.lettered = NEEDS_LETTERS.test(text);
  }

  get expression(): RegExp {
    return this.compile().expression;
  }

  /** The field of each group of the expression; null for what stands between. */
  get fields(): readonly (Field | null)[] {
    return this.compile().fields;
  }

  private compile() {
    if (this.compiled !== null) return this.compiled;
    const fields: (Field | null)[] = [];
    let source = "";
    for (const part of this.text.split(/(?<!\\p)(\{[A-Za-z=]+\})/).filter((piece) => piece !== "")) {
      const name = /^\{(.+)\}$/.exec(part)?.[1];
      const piece = name === undefined ? undefined : PIECES[name];
      if (name === "=") {
        const mark = fields.indexOf(null) + 1;
        source += `(\\${mark})`;
      } else source += `(${piece?.expression ?? part})`;
      fields.push(piece?.field ?? null);
    }
    this.compiled = { expression: new RegExp(`^${source}$`, "iu"), fields };
    return this.compiled;
  }
}

const ROMAN = ["I", "II", "III", "IV"];

/** The number that a piece stands for. */
export function numberIn(field: Field, text: string): number {
  if (field === "roman") return ROMAN.indexOf(text.toUpperCase()) + 1;
  return Number(text.replace(/^['’]/, ""));
}

/** How the style of a date writes a piece. */
export function pieceStyle(field: Field | null, text: string, week: boolean): string {
  const long = text.length > 1;
  switch (field) {
    case null:
      return literal(text);
    case "year": {
      const short = /^['’]?\d\d$/.test(text);
      const mark = short ? text.slice(0, -2) : "";
      return mark + (week ? (short ? "{GG}" : "GGGG") : short ? "YY" : "YYYY");
    }
    case "month":
      return long ? "MM" : "M";
    case "word":
      return "{word}";
    case "day":
      return long ? "DD" : "D";
    case "dayOfYear":
      return text.length === 3 ? "{DDD}" : "{D}";
    case "quarter":
      return "Q";
    case "roman":
      return `{${ROMAN.join("|")}}`;
    case "half":
      return "{half}";
    case "week":
      return long ? "WW" : "{W}";
    case "weekday":
      return "E";
    case "nextYear":
      return text.length === 2 ? "{next YY}" : "{next YYYY}";
  }
}
