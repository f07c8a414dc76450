/** Shortest line that text is folded to, in characters. */
const LEAST = 10;

/**
 * Text folded at spaces, but not before a %, into lines of at most `width` characters; a longer word is folded after a comma, a bracket or a slash, or
 * else where the line ends. Line breaks of the text are kept, and so is the indent of its lines.
 *
 * @param indent what stands before every line but the first.
 */
export function wrapped(text: string, width: number, indent = ""): string {
  const most = Math.max(LEAST, width);
  return text
    .split("\n")
    .map((line) => linesOf(line, most, indent).join("\n"))
    .join("\n");
}

function linesOf(text: string, width: number, indent: string): string[] {
  if (text.length <= width) return [text];
  const lines: string[] = [];
  const own = /^ */.exec(text)![0];
  let line = own;
  let empty = true;
  const next = () => {
    lines.push(line);
    line = own + indent;
    empty = true;
  };
  for (const word of text.slice(own.length).split(/ (?!%)/)) {
    let rest = word;
    if (!empty && line.length + 1 + rest.length > width) next();
    while ((empty ? line.length : line.length + 1) + rest.length > width) {
      const room = Math.max(1, width - line.length);
      const piece = pieceOf(rest, room);
      line += piece;
      rest = rest.slice(piece.length);
      next();
    }
    line += empty ? rest : ` ${rest}`;
    empty = false;
  }
  lines.push(line);
  return lines;
}

/** The beginning of a long word that fits, up to a comma, bracket or slash where there is one in its second half. */
function pieceOf(word: string, room: number): string {
  const fitting = word.slice(0, room);
  const ending = /^.*[,)\](/=]/.exec(fitting)?.[0] ?? "";
  return ending.length > room / 2 ? ending : fitting;
}

/** Fewest characters for an explanation beside its term; in less room it stands below. */
const BESIDE = 36;

/** A term and what it means, in a column of its own that begins `column` characters after the indent of the term, or below the term. */
export function explainedTerm(
  term: string,
  meaning: string,
  { width, indent, column }: { readonly width: number; readonly indent: number; readonly column: number },
): string {
  const before = " ".repeat(indent);
  const room = width - indent - column;
  const [at, from, first] =
    room < BESIDE
      ? [width - indent - 2, " ".repeat(indent + 2), `${before}${term}\n${" ".repeat(indent + 2)}`]
      : [room, " ".repeat(indent + column), before + term.padEnd(column)];
  return `${first}${wrapped(meaning, at).replaceAll("\n", `\n${from}`)}`;
}

/** Items side by side, with `gap` spaces between, in lines of at most `width` characters; `length` is that of an item without colours. */
export function flowed<T>(items: readonly T[], length: (item: T) => number, width: number, gap = 3): T[][] {
  const lines: T[][] = [];
  let used = 0;
  for (const item of items) {
    const size = length(item);
    const last = lines.at(-1);
    if (last !== undefined && used + gap + size <= width) {
      last.push(item);
      used += gap + size;
    } else {
      lines.push([item]);
      used = size;
    }
  }
  return lines;
}
