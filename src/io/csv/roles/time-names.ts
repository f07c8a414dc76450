import { plain, unitNamed } from "../../../core/time/forms/index.js";
import { nameScore, TIME_NAMES, wordsOf } from "../head/known-names.js";

/** Words for date and time in other languages, which the platform does not list as it lists units. */
const OTHERS = new Set(
  `datum fecha data dato dag tanggal tarih paivamaara datetime zeit zeitpunkt zeitstempel uhrzeit tiempo tempo temps
  periode periodo periode mtu дата время 日付 日期 年月 年月日 날짜 일자 ημερομηνια datas kuupaev datums idopont tid horodate
  godzina okres obdobi kausi`
    .split(/\s+/)
    .map(plain),
);

/**
 * How much a name is one of a column of times, the known names first, then words of other languages: whole names count
 * more than words in them; 0 for another name.
 */
export function timeNameScore(name: string): number {
  const known = nameScore(name, TIME_NAMES);
  if (known >= 2) return known;
  const whole = name.trim();
  if (OTHERS.has(plain(whole)) || unitNamed(whole) !== null) return 2;
  if (known > 0) return known;
  return wordsOf(name).some((word) => OTHERS.has(plain(word)) || unitNamed(word) !== null) ? 1 : 0;
}
