import type { Fitted, Note, Origin } from "../../core/model.js";
import { positionNames } from "../../core/time/season-names.js";
import type { Traits } from "./traits.js";

interface Member {
  readonly model: string;
  readonly weight: number;
}

/** Fewer values are reported as too few. */
const FEW = 10;

/** More inputs than this are counted, not named. */
const MANY_INPUTS = 6;

/** Codes of members' notes about the data; every member has the same. */
const OF_DATA = ["input-left-out", "unseen-positions"];

/** Notes of a combination: members' notes become details, and their notes about the data appear once. */
export function inShort(notes: readonly Note[]): readonly Note[] {
  const told = new Set<string>();
  return notes.map((note) => {
    if (note.code === "member-dropped" || note.code === "calibrated-intervals") return minor(note);
    const key = `${note.code} ${JSON.stringify(note.details?.input ?? "")}`;
    if (note.details?.member === undefined) {
      told.add(key);
      return note;
    }
    if (!OF_DATA.includes(note.code) || told.has(key)) return minor(note);
    told.add(key);
    return note;
  });
}

const minor = (note: Note): Note => ({ ...note, minor: true });

/** How well a combination forecast the past: without error, with errors far below a change of the data, or neither. */
export type Certainty = "exact" | "nearly" | null;

const TOLD = {
  exact: " Past forecasts had no error, so intervals have almost no width.",
  nearly: " Past errors are mostly far below a typical change of the data, so intervals are very narrow.",
};

/** What `auto` did, in one sentence: the kind of series, and the models with their weights. */
export function choiceNote(traits: Traits, { notation, report, origin }: Fitted, certainty: Certainty): Note {
  const members = (report.details.members ?? []) as readonly Member[];
  const kind = kindOf(traits, origin);
  const shares = members.map(({ model, weight }) => `${model} ${Math.round(100 * weight)} %`);
  const done =
    members.length > 1
      ? `Weighted average of ${members.length} models: ${shares.join(", ")}.`
      : `Model: ${members[0]?.model ?? notation}.`;
  const certain = certainty === null ? "" : TOLD[certainty];
  const few =
    traits.observed < FEW
      ? ` ${traits.observed === 1 ? "One value is" : `${traits.observed} values are`} too few to estimate the uncertainty: the interval is approximate.`
      : "";
  return {
    code: "auto-choice",
    severity: traits.observed < FEW ? "warning" : "info",
    message: `auto: ${kind}. ${done}${certain}${few}`,
    details: { kind, model: notation, periods: traits.periods, weights: members.map(({ weight }) => weight) },
  };
}

function kindOf(traits: Traits, { time }: Origin): string {
  const { intermittent, zeros, closed } = traits;
  if (closed !== null) {
    const { positions, period } = closed;
    const names = positionNames(time, period, positions);
    return `${seasonOf(traits)}, always 0 at ${positions.length} of ${period} positions${names && ` (${names})`}`;
  }
  const demand = intermittent ? `, intermittent (${Math.round(100 * zeros)} % zeros)` : "";
  return `${seasonOf(traits)}${demand}`;
}

function seasonOf({ observed, periods, tooLong, year, inputs, constant, line }: Traits): string {
  if (observed < FEW) return observed === 1 ? "one value" : `short series (${observed} values)`;
  if (constant) return `constant series (${observed} equal values)`;
  if (line && inputs.length === 0) return "straight line";
  if (inputs.length > MANY_INPUTS) return `series with ${inputs.length} inputs`;
  if (inputs.length > 0) return `series with inputs ${inputs.join(", ")}`;
  if (periods.length > 1) return `series with seasons of ${periods.join(" and ")}`;
  if (periods.length === 1)
    return `seasonal series (period ${periods[0]}${year?.clear === true && year.period > 2 * periods[0]! ? " and a year" : ""})`;
  if (tooLong !== null)
    return `series with ${observed < 2 * tooLong ? "fewer than" : "hardly more than"} two seasons of ${tooLong}`;
  return "non-seasonal series";
}
