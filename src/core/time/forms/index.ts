export { DATE_FORMS, type DateForm } from "./forms.js";
export { monthMeanings, monthNamed, type NamedUnit, namesLike, plain, unitNamed } from "./languages.js";
export { decimalYear, readTime } from "./read-time.js";
export { type Grain, momentOf, type TimeReading } from "./reading.js";
export { zoneNamed } from "./zone-names.js";
