/** Names that columns of times usually have, the surest first. */
export const TIME_NAMES = words(`ds datetime date_time timestamp date time when epoch period
  year yr quarter month week day hour t index step obs`);

/** Names that columns of values usually have, the surest first. */
export const VALUE_NAMES = words(`y value values target sales demand quantity qty count units load close price
  passengers #passengers revenue consumption traffic views x`);

/** A column of one of these alone tells series apart. */
export const ID_NAMES = words("unique_id series_id item_id entity_id series id ts_id key");

/** Columns of these tell series apart together. */
export const PART_NAMES =
  words(`store shop item product sku symbol ticker sensor station region country state city zone
  location site meter variable group`);

function words(text: string): readonly string[] {
  return text.split(/\s+/);
}

/** The words of a column's name: `Passenger_Count` and `passengerCount` are `passenger` and `count`. */
export function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}\p{N}#]+/u)
    .filter((word) => word !== "");
}

/** Last words of the names of columns whose numbers are names: they tell things apart and measure nothing. */
const CODES = new Set(
  words(
    "id ids code codes zip zipcode plz postcode postleitzahl postal fips gtin ean isbn sku wmo usaf wban souid staid",
  ),
);
const NUMBERS = new Set(words("no nr num number nummer numero numéro key"));

/** Whether a name is one of codes, such as `STATIONS_ID`, `zip` or `item_no`. */
export function isCodeNamed(name: string): boolean {
  const parts = wordsOf(name);
  const last = parts.at(-1) ?? "";
  return CODES.has(last) || (parts.length > 1 && NUMBERS.has(last) && !COUNTED.test(parts[0]!));
}

/** First words of the name of a count, such as `total number`. */
const COUNTED = /^(total|the|sum|count|average|mean)$/;

/** How well a name fits a list, best first in the list: whole names count more than words in them; 0 for no fit. */
export function nameScore(name: string, known: readonly string[]): number {
  const lower = name
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, "_");
  const whole = known.indexOf(lower);
  if (whole >= 0) return 2 + (known.length - whole) / known.length;
  const words = wordsOf(name);
  const inside = known.findIndex((word) => words.includes(word));
  return inside < 0 ? 0 : 1 + (known.length - inside) / known.length;
}

/** Whether a name is one of a list as a whole. */
export function isNamed(name: string, known: readonly string[]): boolean {
  return nameScore(name, known) > 2;
}
