export { withPlainDigits } from "./digits.js";
export { DATE_FORMS, type DateForm } from "./forms.js";
export { isDayAndMonth, monthMeanings, monthNamed, namesLike, weekdaysLike } from "./languages.js";
export { decimalYear, readSpan, readTime } from "./read-time.js";
export { type Grain, momentOf, type TimeReading } from "./reading.js";
export { type NamedUnit, plain, unitNamed } from "./unit-names.js";
export { zoneNamed } from "./zone-names.js";
