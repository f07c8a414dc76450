import { usageError } from "../../core/errors.js";
import type { Note } from "../../core/model.js";
import type { Panel, Series } from "../../core/series.js";
import { chunksOf } from "../../io/files.js";
import { requireCalendarParts, withCalendar } from "../../prepare/calendar/calendar.js";
import { withEvents } from "../../prepare/calendar/events.js";
import { type HolidayDates, withHolidays } from "../../prepare/calendar/holidays.js";
import { type Context, pathIn, reportNotes } from "../context.js";

/** Makes regressors for a series, and says which and what else to know of them. */
type Maker = (series: Series) => {
  readonly series: Series;
  readonly used: readonly string[];
  readonly notes: readonly Note[];
};

/** Names that are told one by one. */
const NAMED = 12;
/** Notes on the series of a panel that are told one by one. */
const TOLD = 5;

/** @throws YuleError where settings of regressors known ahead do not go together, before anything is read. */
export function requireKnownAhead({ settings }: Context): void {
  requireCalendarParts(settings.calendar ?? []);
  if (settings["holiday-window"] === undefined || settings.holidays !== undefined) return;
  throw usageError(
    "missing-holidays",
    "holiday-window",
    settings["holiday-window"].join(","),
    "--holiday-window needs --holidays; name a country, e.g. --holidays DE.",
  );
}

/**
 * The panel with the regressors of --holidays, --calendar and --events.
 *
 * @throws YuleError `unknown-region`, `bad-events`, `no-times` and as the functions of `prepare/calendar` do.
 */
export async function withKnownAhead(context: Context, panel: Panel): Promise<Panel> {
  const makers = await makersOf(context, panel);
  if (makers.length === 0) return panel;
  const used = new Set<string>();
  const notes: Note[] = [];
  const whole = panel.map((series) =>
    makers.reduce((before, make) => {
      const made = make(before);
      for (const name of made.used) used.add(name);
      for (const note of made.notes) notes.push(note);
      return made.series;
    }, series),
  );
  const names = [...used];
  const list = names.slice(0, NAMED).join(", ");
  const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : "";
  if (names.length > 0) context.decided(`Regressors known in advance: ${list}${more}.`);
  report(context, panel.length === 1 ? notes : notes.filter(({ severity }) => severity === "warning"));
  return whole;
}

function report(context: Context, notes: readonly Note[]): void {
  reportNotes(context, "", notes.slice(0, TOLD));
  if (notes.length > TOLD) context.warn(`${notes.length - TOLD} more such notes on other series.`);
}

async function makersOf(context: Context, panel: Panel): Promise<Maker[]> {
  const { settings, shell } = context;
  const makers: Maker[] = [];
  if (settings.holidays !== undefined) {
    const dates = await datesOf(settings.holidays, panel, settings.horizon ?? 0);
    const window = settings["holiday-window"] ?? [0, 0];
    makers.push((series) => withHolidays(series, dates, window));
  }
  const { calendar, events: file } = settings;
  if (calendar !== undefined) makers.push((series) => withCalendar(series, calendar));
  if (file !== undefined) {
    const { readEvents } = await import("../../io/known/events-file.js");
    const list = await readEvents(chunksOf(pathIn(shell, file)), file, settings["date-order"]);
    makers.push((series) => withEvents(series, list));
  }
  return makers;
}

async function datesOf(region: string, panel: Panel, ahead: number): Promise<HolidayDates> {
  const { holidayDates } = await import("../../io/known/holidays.js");
  return holidayDates(region, panel, ahead);
}
