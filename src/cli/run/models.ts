import { largestOf } from "../../math/extremes.js";
import type { Family } from "../../models/family.js";
import type { Table } from "../../report/table.js";
import type { Colors } from "../../report/terminal/colors.js";
import type { Run } from "../command.js";
import { knownFamilies } from "../families.js";
import { emit } from "../output/output.js";

/** Lists every family of models. */
export const runModels: Run = async (context) => {
  const all = await knownFamilies();
  const items = all.map(({ name, summary, forms, options, seasonal }) => ({
    name,
    summary,
    forms,
    seasonal,
    options,
  }));
  await emit(context, {
    items: () => items,
    json: (models) => ({ models }),
    table: modelTable(all),
    view: (paint) => modelView(all, paint),
  });
  return 0;
};

function modelTable(all: readonly Family[]): Table {
  return {
    columns: [{ name: "model" }, { name: "summary" }, { name: "forms" }, { name: "options" }],
    rows: all.map(({ name, summary, forms, options }) => [
      name,
      summary,
      forms.join(" "),
      options.map((option) => `${option.name}=${option.default}`).join(" "),
    ]),
  };
}

function modelView(all: readonly Family[], paint: Colors): string {
  const blocks = all.map(({ name, summary, forms, options }) => {
    const width = largestOf(
      options.map((option) => option.name.length),
      0,
    );
    const lines = options.map((option) => {
      const values = typeof option.values === "string" ? option.values : option.values.join(" | ");
      return `    ${option.name.padEnd(width)}  ${option.summary} ${paint.dim(`(${values}; default ${option.default})`)}`;
    });
    return [`${paint.bold(name)}  ${summary}`, `  ${paint.cyan(forms.join("   "))}`, ...lines].join("\n");
  });
  return `${blocks.join("\n\n")}\n`;
}
