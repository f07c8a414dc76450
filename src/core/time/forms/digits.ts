/** The digit 0 of each script whose digits are read: Arabic, Persian, Devanagari, Bengali and full-width. */
const ZEROS = [0x660, 0x6f0, 0x966, 0x9e6, 0xff10] as const;

const OTHER = /[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef\uff10-\uff19]/;
const ALL_OTHER = new RegExp(OTHER, "g");

/** Marks that stand between such digits, and those of ASCII that mean the same. */
const MARKS: Readonly<Record<string, string>> = {
  "\u066b": ".",
  "\u066c": ",",
  "\uff0e": ".",
  "\uff0c": ",",
  "\uff0d": "-",
  "\uff0f": "/",
  "\uff1a": ":",
};

/** A text with its Arabic, Persian, Indian and full-width digits as 0 to 9, and the marks between them as those of ASCII. */
export function withPlainDigits(text: string): string {
  if (!OTHER.test(text)) return text;
  return text
    .replace(ALL_OTHER, (digit) => {
      const code = digit.charCodeAt(0);
      return String(code - ZEROS.findLast((zero) => zero <= code)!);
    })
    .replace(/[\u066b\u066c\uff0e\uff0c\uff0d\uff0f\uff1a]/g, (mark) => MARKS[mark]!);
}
