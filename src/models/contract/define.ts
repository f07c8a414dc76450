import { requireModel } from "../../core/arguments/objects.js";
import type { YuleError } from "../../core/errors.js";
import type { FitOptions, Fitted, Model, Process } from "../../core/model.js";
import type { Panel, Series } from "../../core/series.js";
import type { Family, FamilyOption, ModelCall } from "../family.js";
import { guarded, type InputUse, type ValueRules } from "../guard.js";
import { badModel } from "../notation.js";
import { choiceFrom } from "./choice.js";
import { notationOf, optionsFrom, written } from "./notation.js";
import { type ChoiceOf, type Form, type OptionsOf, type Schema, type Syntax, writtenName } from "./schema.js";

/** What a fit gets beside the series. */
export interface Given<S extends Schema> {
  /** Every option with its value, checked; null where it was left open. */
  readonly choice: ChoiceOf<S>;
  /** The canonical notation of the model. */
  readonly notation: string;
  /** The models that it holds. */
  readonly models: readonly Model[];
  readonly options: FitOptions;
  /** The notation with some options, and the models it holds, as the fit decided them. */
  written(decided?: Partial<ChoiceOf<S>>, models?: readonly string[]): string;
}

/** All that makes a model; everything else follows from it, see docs/add-a-model.md. */
export interface Definition<S extends Schema, F extends Fitted> extends Form<S> {
  /** One line for `yule models`. */
  readonly summary: string;
  /** Whether it holds one model, as `log(…)` does, or several, as `ensemble(…)`. Default none. */
  readonly holds?: "one" | "several";
  readonly inputs: InputUse;
  /** What the sentence that refuses inputs adds. */
  readonly insteadOfInputs?: string;
  /** Whether missing values are treated exactly; `held`: as the model it holds does. Default `keep`. */
  readonly missing?: Model["missing"] | "held";
  readonly values?: ValueRules;
  /** Every process that its fits can have. */
  readonly processes: readonly Process<unknown, unknown>[];
  /** Finds the process of a kind that wraps another. */
  resolve?: Family["resolve"];
  /** What no single option can be checked for. @throws YuleError `bad-<option>`. */
  check?(choice: ChoiceOf<S>, models: readonly Model[]): void;
  fit(series: Series, given: Given<S>): F;
  fitPanel?(panel: Panel, given: Given<S>): Promise<readonly F[]>;
  /** Why `fitPanel` cannot take a series whatever the others are. */
  refusal?(series: Series, choice: ChoiceOf<S>): YuleError | null;
}

/** A defined model: the family that notations and saved files find, and `make` for its constructor. */
export interface DefinedModel<S extends Schema, F extends Fitted> extends Family {
  /** @throws YuleError `bad-<option>`, `unknown-option`, `bad-options`, `not-a-model`. */
  make(options?: OptionsOf<S>, models?: readonly Model[]): Model<F>;
}

/**
 * Makes a model of its parts. The constructor calls `make`, notations go through `build`; both check the same options by the same
 * sentences and give the same model, whose series are checked before every fit, one or a panel.
 *
 * @example export const meanFamily = defineModel({ name: "mean", options: {}, inputs: "ignores", fit: fitMean, … });
 */
export function defineModel<S extends Schema, F extends Fitted>(
  definition: Definition<S, F>,
): DefinedModel<S, F> {
  const { name, summary, forms, options, period, inputs, processes, resolve, holds } = definition;
  const make = (given: unknown, models: readonly Model[]) => {
    for (const model of models) requireModel(model, `${name} takes`);
    const choice = choiceFrom(definition, given);
    definition.check?.(choice, models);
    return modelOf(definition, choice, models);
  };
  return {
    name,
    summary,
    forms,
    options: listed(definition),
    inputs: inputs !== "ignores",
    seasonal: period !== undefined,
    fractionalPeriod: period !== undefined && options[period]!.kind.values !== "integer",
    processes,
    ...(resolve === undefined ? {} : { resolve }),
    make: (given, models = []) => make(given, models),
    build(call, parse) {
      const held = holds === undefined ? [] : heldModels(call, holds, forms).map(parse);
      return make(optionsFrom(definition, call, holds !== undefined), held);
    },
  };
}

function modelOf<S extends Schema, F extends Fitted>(
  definition: Definition<S, F>,
  choice: ChoiceOf<S>,
  models: readonly Model[],
): Model<F> {
  const texts = models.map(({ notation }) => notation);
  const notation = notationOf(definition, choice, texts);
  const given = (options: FitOptions = {}): Given<S> => ({
    choice,
    notation,
    models,
    options,
    written: (decided = {}, inner = texts) => notationOf(definition, { ...choice, ...decided }, inner),
  });
  const { missing = "keep", inputs, values, insteadOfInputs } = definition;
  const model: Model<F> = {
    notation,
    missing: missing === "held" ? models[0]!.missing : missing,
    fit: (series, fitOptions) => definition.fit(series, given(fitOptions)),
    ...(definition.fitPanel === undefined
      ? {}
      : { fitPanel: (panel, fitOptions) => definition.fitPanel!(panel, given(fitOptions)) }),
    ...(definition.refusal === undefined ? {} : { refusal: (series) => definition.refusal!(series, choice) }),
  };
  return guarded(model, {
    inputs,
    ...(values === undefined ? {} : { values }),
    ...(insteadOfInputs === undefined ? {} : { insteadOfInputs }),
  });
}

/** The notations of the models that a call holds. */
function heldModels(call: ModelCall, holds: "one" | "several", [form]: readonly string[]): readonly string[] {
  const models = call.groups.flat();
  if (call.groups.length > 1 || (holds === "one" && models.length !== 1))
    throw badModel(written(call), `must hold one model, as in ${form}`);
  return models;
}

/** The options as `yule models` and the docs list them. */
function listed({ options, positions = [], period }: Syntax): readonly FamilyOption[] {
  const placed = positions.flat();
  return Object.entries(options).map(([key, { kind, shown, summary, presence }]) => ({
    name: writtenName(key),
    values: kind.values,
    takes: kind.wanted,
    default: presence === "required" ? "none" : shown,
    summary,
    place: key === period ? "period" : placed.includes(key) ? "argument" : "option",
  }));
}
