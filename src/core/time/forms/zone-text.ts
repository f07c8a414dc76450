import { literal } from "../time-style.js";
import { zoneNamed } from "./zone-names.js";

/** The zone written behind a time. */
export interface Zone {
  /** Minutes ahead of UTC; null where the name stands for several offsets or for none that is known. */
  readonly offset: number | null;
  /** The name, where it is one such as EST. */
  readonly name: string | null;
}

interface Cut {
  readonly rest: string;
  readonly zone: Zone | null;
  readonly style: string;
}

const OFFSET =
  /^(.*\d.*?)(\s?)(UTC|GMT)?([+\-−])(\d\d?)(?:(:?)(\d\d))?((?: [A-Z]{3,5})?(?: ?\([^)]*\)| ?\[[^\]]*\])?)$/;
const NAMED = /^(.*\d.*?)(\s?)\(?(Z|z|UTC|GMT|[A-Z]{3,5})(\)?)$/;
const COMMENT = /^(.*\d.*?)(\s?\([^)]*\)|\s(?:Uhr|hrs?|hs|uur|Uhr)\.?)$/;

/** All ways to cut a zone from the end of a text, that of none first. */
export function zoneOf(text: string): Cut[] {
  const cuts: Cut[] = [{ rest: text, zone: null, style: "" }];
  if (!/[A-Za-z)\]\d]$/.test(text)) return cuts;
  const offset = OFFSET.exec(text);
  if (offset !== null) cuts.push(offsetCut(offset));
  const named = NAMED.exec(text);
  if (named !== null) {
    const cut = namedCut(named, text);
    if (cut !== null) cuts.push(cut);
  }
  const comment = COMMENT.exec(text);
  if (comment !== null) cuts.push({ rest: comment[1]!, zone: null, style: literal(comment[2]!) });
  return cuts;
}

function offsetCut(found: RegExpExecArray): Cut {
  const [, rest, gap, utc, sign, hours, colon, minutes, more] = found;
  const size = Number(hours) * 60 + Number(minutes ?? 0);
  const token = hours!.length === 1 ? "{offset}" : colon ? "Z" : minutes === undefined ? "ZZZ" : "ZZ";
  // Cut in two so that the style does not say UTC by itself: the offset behind it counts.
  const prefix = utc === undefined ? "" : `[${utc[0]}][${utc.slice(1)}]`;
  return {
    rest: rest!,
    zone: { offset: sign === "+" ? size : -size, name: null },
    style: `${gap}${prefix}${token}${more === " UTC" ? " [UTC]" : literal(more ?? "")}`,
  };
}

function namedCut(found: RegExpExecArray, text: string): Cut | null {
  const [, rest, gap, name, close] = found;
  const opened = text[rest!.length + gap!.length] === "(";
  if (opened !== (close !== "")) return null;
  const [before, behind] = opened ? ["(", ")"] : ["", ""];
  if (/^(Z|z|UTC|GMT)$/.test(name!)) {
    return { rest: rest!, zone: { offset: 0, name: null }, style: `${gap}${before}[${name}]${behind}` };
  }
  if (!/:|\d\s?[ap]\.?m\.?$|\d$/i.test(rest!)) return null;
  const known = zoneNamed(name!);
  const offset = known?.offsets.size === 1 ? [...known.offsets][0]! : null;
  if (known === null && !/^[A-Z]{1,3}[SD]?T$/.test(name!)) return null;
  const token = offset === null ? `[${name}]` : `{zone ${offset}:${name}}`;
  return { rest: rest!, zone: { offset, name: name! }, style: `${gap}${before}${token}${behind}` };
}
