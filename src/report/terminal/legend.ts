import type { Picture } from "../pictures/picture.js";
import type { Colors } from "./colors.js";
import { printable } from "./printable.js";
import { inkOf, letterOf, MARK, SHADES } from "./signs.js";
import { flowed, wrapped } from "./wrap.js";

/** A name is written whole up to this many characters. */
const LONGEST = 400;

/** An entry: what it looks like in the plot, with and without colours, and what it is. */
interface Key {
  readonly sign: string;
  readonly painted: string;
  readonly text: string;
}

/** What the lines, shades and marks of a plot are, in as many lines as it takes; names are folded, not cut. */
export function legendLines(picture: Picture, width: number, margin: number, paint: Colors): string[] {
  const keys = keysOf(picture, paint);
  if (keys.length === 0) return [];
  const left = width > 60 ? margin + 1 : 2;
  const room = width - left;
  const size = ({ sign, text }: Key) => sign.length + 1 + text.length;
  return flowed(keys, size, room).flatMap((line) => {
    const [only] = line;
    if (line.length > 1 || size(only!) <= room)
      return [" ".repeat(left) + line.map(({ painted, text }) => `${painted} ${text}`).join("   ")];
    const indent = only!.sign.length + 1;
    const [first, ...rest] = wrapped(only!.text, room - indent).split("\n");
    return [
      `${" ".repeat(left)}${only!.painted} ${first}`,
      ...rest.map((text) => " ".repeat(left + indent) + text),
    ];
  });
}

function keysOf(picture: Picture, paint: Colors): Key[] {
  const several = picture.curves.length > 1;
  const observed = picture.history.length === 0 || !namesObserved(picture) ? [] : [plain("━━", "observed")];
  const curves = picture.curves.map(({ name }, at): Key => {
    const sign = several ? `━${letterOf(at, picture)}━` : "━━";
    return { sign, painted: inkOf(at, paint)(sign), text: printable(name, LONGEST) };
  });
  const whose = several ? ` of ${letterOf(0, picture)}` : "";
  const bands = (picture.curves[0]?.bands ?? []).map(({ level }, at): Key => {
    const sign = SHADES[Math.min(at, SHADES.length - 1)]!.repeat(2);
    return { sign, painted: paint.cyan(paint.dim(sign)), text: `${level} %${whose}` };
  });
  const marks = (picture.marks ?? []).length === 0 ? [] : [plain(MARK, picture.marksName ?? "marked")];
  return [...observed, ...curves, ...bands, ...marks];
}

/** A series that stands alone needs no key. */
function namesObserved({ curves, marks }: Picture): boolean {
  return curves.length > 0 || (marks ?? []).length > 0;
}

function plain(sign: string, text: string): Key {
  return { sign, painted: sign, text };
}
