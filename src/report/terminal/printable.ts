/** Longest text that is shown whole, in characters. */
const LONGEST = 2000;

/**
 * Text as a terminal may get it: what would move its cursor or change its state (ESC, C0 and C1 control characters, marks
 * that turn the direction of writing) stands as its number, and the middle of a very long text is left out.
 *
 * @example printable("a\u001b[2J"); // a\x1b[2J
 */
export function printable(text: string, longest = LONGEST): string {
  return shortened(text, longest).replace(MOVING, numbered);
}

const MOVING = /(?![\t\n])[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

function numbered(letter: string): string {
  const code = letter.charCodeAt(0).toString(16);
  return code.length > 2 ? `\\u${code.padStart(4, "0")}` : `\\x${code.padStart(2, "0")}`;
}

/** Text without its middle where it is longer than so many characters. */
export function shortened(text: string, longest = LONGEST): string {
  if (text.length <= longest) return text;
  const left = Math.ceil(longest * 0.75);
  const right = longest - left;
  return `${text.slice(0, left)} … ${text.length - longest} characters left out … ${text.slice(-right)}`;
}
