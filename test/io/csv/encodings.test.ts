import { describe, expect, test } from "vitest";
import { decodeWindows1252 } from "../../../src/io/csv/bytes/encoding.js";
import { parseCsv } from "../../../src/io/csv/parse-csv.js";
import { lines, noteOf, refusalOf } from "../csv-cases.js";

/** Bytes of a text in an encoding that the platform only decodes: the inverse of its table. */
function encoded(text: string, encoding: string): Uint8Array {
  if (encoding === "windows-1252") {
    const letters = decodeWindows1252(Uint8Array.from({ length: 256 }, (_, byte) => byte));
    return Uint8Array.from([...text], (letter) => letters.indexOf(letter));
  }
  const decoder = new TextDecoder(encoding, { fatal: true });
  const table = new Map<string, number[]>();
  const learn = (bytes: number[]) => {
    try {
      const letter = decoder.decode(Uint8Array.from(bytes));
      if ([...letter].length === 1 && !table.has(letter)) table.set(letter, bytes);
    } catch {
      return;
    }
  };
  for (let byte = 0; byte < 256; byte++) learn([byte]);
  for (let high = 0x81; high < 255; high++) for (let low = 0x40; low < 255; low++) learn([high, low]);
  return Uint8Array.from([...text].flatMap((letter) => table.get(letter)!));
}

const months = Array.from(
  { length: 24 },
  (_, i) => `${2020 + Math.floor(i / 12)}-${String(1 + (i % 12)).padStart(2, "0")}`,
);
const file = (time: string, id: string, value: string, ids: readonly string[]) =>
  lines(
    `${time},${id},${value}`,
    ...ids.flatMap((name) => months.map((month, i) => `${month},${name},${i}`)),
  );

describe("text that is neither UTF-8 nor western European", () => {
  test.each([
    ["shift_jis", "年月", "店舗", "売上高", ["東京", "大阪"]],
    ["euc-jp", "日付", "店舗", "数量", ["東京", "大阪"]],
    ["gb18030", "日期", "城市", "销售额", ["北京", "上海"]],
    ["big5", "日期", "城市", "銷售額", ["臺北", "高雄"]],
    ["euc-kr", "날짜", "지역", "매출", ["서울", "부산"]],
    ["windows-1251", "Дата", "Город", "Выручка", ["Москва", "Казань"]],
    ["koi8-r", "Дата", "Город", "Выручка", ["Москва", "Казань"]],
    ["windows-1250", "Měsíc", "Město", "Tržby", ["Plzeň", "Děčín"]],
    ["windows-1253", "Ημερομηνία", "Πόλη", "Πωλήσεις", ["Αθήνα", "Πάτρα"]],
  ] as const)("%s is told by its words", async (encoding, time, id, value, ids) => {
    const result = await parseCsv(encoded(file(time, id, value, ids), encoding));
    expect(result.decisions.encoding).toBe(encoding);
    expect([result.decisions.time, result.decisions.id, result.decisions.values]).toEqual([
      time,
      [id],
      [value],
    ]);
    expect(result.panel.map(({ id: name, y }) => [name, y.length])).toEqual(ids.map((name) => [name, 24]));
    expect(noteOf(result, "encoding-found")).toContain(`${encoding} (${time}, ${id}, ${value})`);
  });

  test("is read as it is given, without a note", async () => {
    const bytes = encoded(file("年月", "店舗", "売上高", ["東京"]), "shift_jis");
    const result = await parseCsv(bytes, { encoding: "shift_jis" });
    expect([result.decisions.columns, noteOf(result, "encoding-found")]).toEqual([
      ["年月", "店舗", "売上高"],
      undefined,
    ]);
  });

  test("errors name the cells as they read", async () => {
    const bytes = encoded(
      lines("年月,売上,数量", ...months.map((month, i) => `${month},${i},${i * i}`)),
      "shift_jis",
    );
    expect((await refusalOf(bytes)).message).toContain("売上, 数量");
  });

  test("of no known words warns and names encodings", async () => {
    const bytes = Uint8Array.from(
      [...lines("month,x\u0081\u008f\u009d", ...months.map((month, i) => `${month},${i}`))],
      (letter) => letter.charCodeAt(0),
    );
    expect(noteOf(await parseCsv(bytes), "encoding-unknown")).toContain("--encoding shift_jis");
  });

  test.each([
    "Année;Été;°C;m³/h",
    "Größe;Straße;Übermaß;50 €",
    "Señal;¿Cuánto?;Año;naïve",
    "São Paulo;ação;“quoted”;–",
    "Ångström;Øre;smørrebrød;½ liter",
    "ŠKODA;žena;œuvre;Ÿ",
    "kWh/m²a;Durchfluss m³h;CO²;km²",
    "½Liter;¾Zoll;¼l;a×b",
    "Rock´n´Roll;O´Neil;l´été;Joe´s",
    "umsatzÜbertrag;anzahlÄpfel;McÉwan;Größe",
    "Þýðandi;þjóð;æðí;Ísafjörður",
    "Umsatz ¤;Preis ¤;x;y",
  ])("western text stays windows-1252: %s", async (header) => {
    const bytes = encoded(
      lines(`${header};day`, ...months.map((month, i) => `a;b;c;${i};${month}-01`)),
      "windows-1252",
    );
    const result = await parseCsv(bytes);
    expect([result.decisions.encoding, result.decisions.columns[0]]).toEqual([
      "windows-1252",
      header.split(";")[0],
    ]);
    expect(result.notes.filter(({ code }) => code.startsWith("encoding"))).toEqual([]);
  });
});
