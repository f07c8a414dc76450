/** Units of time that columns are called after and that are written in times. */
export type NamedUnit = "year" | "quarter" | "month" | "week" | "day" | "hour" | "minute";

/**
 * Their names in the usual languages, as Unicode CLDR has them, without case, accents and points. They stand here since asking `Intl` for
 * them took more time than reading a small file; a test compares them with what the platform says.
 */
const NAMES: Readonly<Record<NamedUnit, string>> = {
  year: "year jahr annee ano anno jaar rok год ar vuosi yıl ετος an ev рік godina leto tahun aasta gads 年 년",
  quarter:
    "quarter quartal trimestre kwartaal kwartał квартал kvartal neljannesvuosi ctvrtleti ceyrek τριμηνο trimestru negyedev stvrtrok cetrtletje kuartal ceturksnis 四半期 분기 季度",
  month:
    "month monat mois mes mese maand miesiac месяц manad maned kuukausi mesic ay μηνας luna honap місяць mjesec mesiac mesec bulan kuu menesis 月 월",
  week: "week woche semaine semana settimana tydzien неделя vecka uge uke viikko tyden hafta εβδομαδα saptamana het тиждень tjedan tyzden teden minggu nadal nedela 週 주 周",
  day: "day tag jour dia giorno dag dzien день paiva den gun ημερα zi nap dan hari paev diena 日 일",
  hour: "hour stunde heure hora ora uur godzina час timme time tunti hodina saat ωρα година sat ura jam tund stundas 時 시 小时",
  minute:
    "minute minuto minuut minuta минута minut minutt minuutti dakika λεπτο perc хвилина menit minutes 分 분 分钟",
};

const UNITS: ReadonlyMap<string, NamedUnit> = new Map(
  (Object.keys(NAMES) as NamedUnit[]).flatMap((unit) =>
    NAMES[unit].split(" ").map((name) => [plain(name), unit] as const),
  ),
);

/** A word without its case, accents and points: `Févr.` and `fevr` are one. */
export function plain(word: string): string {
  return word
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[.'’ʼ׳\s]/g, "");
}

/** The unit that a word names in one of the usual languages, e.g. `Quartal`, `semana`; null for another word. */
export function unitNamed(word: string): NamedUnit | null {
  return UNITS.get(plain(word)) ?? null;
}
