import { requireModel, requireModels } from "../../core/arguments/objects.js";
import { fieldsOf, show } from "../../core/checks.js";
import { usageError, type YuleError } from "../../core/errors.js";
import type { FitOptions, Fitted, Model, Process } from "../../core/model.js";
import type { Panel, Series } from "../../core/series.js";
import { guarded, type InputUse, type ValueRules } from "../guard.js";
import { choiceFrom } from "./choice.js";
import type { ChoiceOf, Form, OptionsOf, Schema } from "./schema.js";
import { notationOf } from "./write.js";

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

/** All that makes a model; everything else follows from it, see docs/project/add-a-model.md. */
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
  /** What values it can be fitted to. */
  readonly values?: ValueRules;
  /** The same where it depends on the options. */
  valuesFor?(choice: ChoiceOf<S>): ValueRules;
  /** Every process that its fits can have. */
  readonly processes?: readonly Process<unknown, unknown>[];
  /** Finds the process of a kind that wraps another. */
  resolve?(kind: string, find: (kind: string) => Process<unknown, unknown>): Process<unknown, unknown> | null;
  /** What no single option can be checked for. @throws YuleError `bad-<option>`. */
  check?(choice: ChoiceOf<S>, models: readonly Model[]): void;
  fit(series: Series, given: Given<S>): F;
  fitPanel?(panel: Panel, given: Given<S>): Promise<readonly F[]>;
  /** Whether it is fitted to a panel together with these options. Default: wherever there is `fitPanel`. */
  together?(choice: ChoiceOf<S>, models: readonly Model[]): boolean;
  /** Why `fitPanel` cannot take a series whatever the others are. */
  refusal?(series: Series, choice: ChoiceOf<S>): YuleError | null;
}

/** A definition whatever its types. */
export type AnyDefinition = Definition<Schema, Fitted>;

/**
 * Defines a model: its constructor is `makeModel`, its notation and its place in lists are `familyOf`. Both check the same options by
 * the same sentences and give the same model, whose series are checked before every fit, one or a panel.
 *
 * @param definition name, forms, options and fit.
 * @returns the definition, checked.
 * @throws YuleError `bad-definition`.
 * @example
 * const lastValue = defineModel({
 *   name: "last-value", summary: "the last value", forms: ["last-value"], options: {}, inputs: "ignores",
 *   fit: (history) => naive().fit(history),
 * });
 */
export function defineModel<S extends Schema, F extends Fitted>(
  definition: Definition<S, F>,
): Definition<S, F> {
  if (!isDefinition(definition)) throw notDefined(definition);
  return definition;
}

/** Whether it has what nothing can be made without: a name, forms, options and a fit. */
export function isDefinition(value: unknown): boolean {
  const { name, forms, options, fit } = fieldsOf(value);
  const texts = Array.isArray(forms) && forms.every((form) => typeof form === "string");
  const listed = typeof options === "object" && options !== null;
  return typeof name === "string" && texts && listed && typeof fit === "function" && whole(options);
}

/** Whether all are what `option` returns. */
function whole(options: object): boolean {
  return Object.values(options).every((own) => typeof fieldsOf(fieldsOf(own).kind).accepts === "function");
}

function notDefined(value: unknown): YuleError {
  const message = `A definition has a name, forms, options made by option() and a fit function, as in docs/project/add-a-model.md, which ${show(value)} has not.`;
  return usageError("bad-definition", "definition", value, message);
}

/**
 * The model of a definition with its options, and with the models that it holds.
 *
 * @param definition name, forms, options and fit.
 * @param options values of the options in `definition.options`.
 * @param models models inside it.
 * @returns a model; its `fit(series)` estimates it and returns a fitted model.
 * @throws YuleError `bad-definition`, `bad-<option>`, `unknown-option`, `bad-options`, `not-a-model`.
 * @example forecast(makeModel(lastValue).fit(series([4, 6, 5])), { horizon: 2 }).mean; // 5, 5
 */
export function makeModel<S extends Schema, F extends Fitted>(
  definition: Definition<S, F>,
  options?: OptionsOf<S>,
  models: readonly Model[] = [],
): Model<F> {
  if (!isDefinition(definition)) throw notDefined(definition);
  if (!Array.isArray(models)) requireModels(models, definition.name);
  for (const model of models) requireModel(model, `${definition.name} takes`);
  const choice = choiceFrom(definition, options);
  definition.check?.(choice, models);
  const texts = models.map(({ notation }) => notation);
  const notation = notationOf(definition, choice, texts);
  const given = (options: FitOptions = {}): Given<S> => ({
    choice,
    notation,
    models,
    options,
    written: (decided = {}, inner = texts) => notationOf(definition, { ...choice, ...decided }, inner),
  });
  const { missing = "keep" } = definition;
  const model: Model<F> = {
    notation,
    missing: missing === "held" ? models[0]!.missing : missing,
    fit: (series, fitOptions) => definition.fit(series, given(fitOptions)),
  };
  const together = definition.together?.(choice, models) ?? true;
  if (together && definition.fitPanel !== undefined)
    model.fitPanel = (panel, fitOptions) => definition.fitPanel!(panel, given(fitOptions));
  if (together && definition.refusal !== undefined)
    model.refusal = (series) => definition.refusal!(series, choice);
  const { values = {} } = definition;
  return guarded(model, { ...definition, values: definition.valuesFor?.(choice) ?? values });
}
