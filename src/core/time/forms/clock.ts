import { literal } from "../time-style.js";
import { halfOfDay } from "./languages.js";
import { type Zone, zoneOf } from "./zone-text.js";

/** A text cut into its date and its time of day. */
export interface Cut {
  readonly date: string;
  /** Milliseconds since midnight. */
  readonly clock: number;
  readonly zone: Zone | null;
  /** The style of the whole, of that of the date. */
  style(date: string): string;
}

const HALF = "[ap]\\.?\\s?m\\.?|[ap]\\.?|\\p{L}[\\p{L}.]*(?:\\s\\p{L}\\.)?";
const COLONS = "(\\d{1,2})([:h])(\\d\\d)(?:([:m])(\\d\\d)(?:([.,:])(\\d{1,9}))?)?";
const LEAD = "(T|,?\\s+(?:at|um|kl\\.?|klo|o|om|às|a las|alle|@|-|à)\\s+|[,\\s]\\s*|:|_)";

/** Forms of times of day after a date, the least ambiguous first. */
const BEHIND = [
  new RegExp(`^(.*?[\\d\\p{L}.])${LEAD}(?:(\\p{L}+)(\\s?))?${COLONS}(?:(\\s?)(${HALF}))?$`, "iu"),
  new RegExp(`^(.*?[\\d\\p{L}.])${LEAD}()()(\\d{1,2})()()()()()()(\\s?)(${HALF})$`, "iu"),
  /^(.*?[\d.])([T\s]\s*)(HE|Hour|H)?(\s?)(\d{1,2})(h?)()()()()()()()$/iu,
  /^(.*?[\d.])(\s+)()()(\d{1,2})(\.)(\d\d)(?:(\.)(\d\d))?()()()()$/iu,
  /^(.*?[\d.])([T\s_-])()()(\d\d)()(\d\d)()(\d\d)?()()()()$/iu,
];
const BEFORE = new RegExp(`^${COLONS}(?:(\\s?)([ap]\\.?m\\.?))?([\\s,]+(?:on\\s+)?)(.*\\d.*)$`, "iu");
const WITHIN =
  /^(.*\p{L}.*?)\s(\d{1,2}:\d\d(?::\d\d)?(?:\s[AP]M)?)((?:\s[A-Z]{3,5}|\s[+-]\d{4})?)\s(\d{4})$/iu;
const PERIOD = /^(.*\d) @(\d+)\/(\d+)(?:@(\d+)\/(\d+))?$/;
const CLOCK_NUMBER = /^(.*\d) @hhmm\/(\d{1,4})$/;

/** All ways to cut a text into a date and a time of day; none where it has no time of day. */
export function cutClock(text: string): Cut[] {
  const cuts: Cut[] = [];
  for (const { rest, zone, style: behind } of zoneOf(text)) {
    const cut = cutBehind(rest) ?? cutBefore(rest) ?? cutPeriod(rest);
    if (cut !== null) cuts.push({ ...cut, zone, style: (date) => cut.style(date) + behind });
  }
  const within = WITHIN.exec(text);
  if (within !== null) {
    const [, date, clock, zone, year] = within;
    const inner = cutClock(`1 ${clock}${zone}`)[0];
    if (inner !== undefined) {
      const style = (whole: string) => `${whole.replace(/ YYYY$/, "")} ${inner.style("").trimStart()} YYYY`;
      cuts.push({ ...inner, date: `${date} ${year}`, style });
    }
  }
  return cuts;
}

type Bare = Omit<Cut, "zone">;

function cutBehind(text: string): Bare | null {
  for (const expression of BEHIND) {
    const found = expression.exec(text);
    if (found === null) continue;
    const [, date, lead, before, gap, hour, mark, minute, mark2, second, point, fraction, halfGap, half] =
      found;
    const sign = half || (expression === BEHIND[0] ? before : undefined);
    const day = sign ? dayHalf(sign) : null;
    if (sign && day === null) continue;
    const clock = clockOf(hour!, minute, second, fraction, day?.half ?? null);
    if (clock === null) continue;
    const front = before ? (day !== null && !half ? day.token : literal(before)) + gap : "";
    const hours = hourStyle(hour!, day !== null);
    const tail = [
      minute ? `${literal(mark ?? "")}mm` : literal(mark ?? ""),
      second ? `${literal(mark2 ?? "")}ss` : "",
      fraction ? `${point}${"S".repeat(fraction.length)}` : "",
      half ? `${halfGap}${day!.token}` : "",
    ].join("");
    return { date: date!, clock, style: (whole) => whole + literal(lead!) + front + hours + tail };
  }
  return null;
}

function cutBefore(text: string): Bare | null {
  const found = BEFORE.exec(text);
  if (found === null) return null;
  const [, hour, mark, minute, mark2, second, point, fraction, halfGap, half, gap, date] = found;
  const day = half ? dayHalf(half) : null;
  const clock = clockOf(hour!, minute, second, fraction, day?.half ?? null);
  if (clock === null) return null;
  const style = [
    `${hourStyle(hour!, day !== null)}${literal(mark!)}mm`,
    second ? `${literal(mark2!)}ss` : "",
    fraction ? `${point}${"S".repeat(fraction.length)}` : "",
    day === null ? "" : `${halfGap}${day.token}`,
    literal(gap!),
  ].join("");
  return { date: date!, clock, style: (whole) => style + whole };
}

/**
 * `@48/17` is the 17th of 48 equal periods of a day, as columns of a date and a period are joined; `@24/5@4/2` the second
 * quarter of its fifth hour; `@hhmm/930` half past nine.
 */
function cutPeriod(text: string): Bare | null {
  const number = CLOCK_NUMBER.exec(text);
  if (number !== null) {
    const [hour, minute] = [String(Math.floor(Number(number[2]) / 100)), String(Number(number[2]) % 100)];
    const clock = clockOf(hour, minute, undefined, undefined, null);
    return clock === null ? null : { date: number[1]!, clock, style: (whole) => `${whole} HHmm` };
  }
  const found = PERIOD.exec(text);
  if (found === null) return null;
  const [periods, at, parts, part] = found.slice(2).map(Number) as [number, number, number, number];
  const within = found[4] === undefined ? 0 : part - 1;
  if (at < 1 || at > periods || within < 0 || within >= parts) return null;
  const length = 86_400_000 / periods;
  const style = found[4] === undefined ? "" : ` {part ${length / parts} ${parts}}`;
  return {
    date: found[1]!,
    clock: (at - 1) * length + (within * length) / (found[4] === undefined ? 1 : parts),
    style: (whole) => `${whole} {period ${length}}${style}`,
  };
}

/** Milliseconds since midnight; null where the numbers are no time of day. */
function clockOf(
  hourText: string,
  minutes: string | undefined,
  seconds: string | undefined,
  fraction: string | undefined,
  half: 0 | 1 | null,
): number | null {
  const written = Number(hourText);
  const hour = half === null ? written : (written % 12) + 12 * half;
  const [minute, second] = [Number(minutes || 0), Number(seconds || 0)];
  const endOfDay = hour === 24 && minute === 0 && second === 0;
  const badHalf = half !== null && (written > 12 || written < 1);
  if ((hour > 23 && !endOfDay) || minute > 59 || second > 59 || badHalf) return null;
  return ((hour * 60 + minute) * 60 + second) * 1000 + thousandths(fraction ?? "");
}

/** Decimals of a second as milliseconds. */
function thousandths(decimals: string): number {
  const padded = decimals.padEnd(3, "0");
  return Number(`${padded.slice(0, 3)}.${padded.slice(3)}`);
}

function hourStyle(hour: string, halves: boolean): string {
  if (halves) return "h".repeat(hour.length);
  if (hour === "24") return "{kk}";
  return "H".repeat(hour.length);
}

interface DayHalf {
  readonly half: 0 | 1;
  /** How the style writes it. */
  readonly token: string;
}

function dayHalf(text: string): DayHalf | null {
  if (/^[ap]m$/.test(text)) return { half: text[0] === "a" ? 0 : 1, token: "a" };
  if (/^[AP]M$/.test(text)) return { half: text[0] === "A" ? 0 : 1, token: "A" };
  if (/^[ap](?:\.?\s?m)?\.?$/i.test(text)) {
    const half = /^a/i.test(text) ? 0 : 1;
    const upper = text[0] === text[0]!.toUpperCase();
    const [a, p] = upper ? ["A", "P"] : ["a", "p"];
    return { half, token: `{${a}${text.slice(1)}|${p}${text.slice(1)}}` };
  }
  const named = halfOfDay(text);
  return named === null ? null : { half: named.half, token: `{${named.names.join("|")}}` };
}
