import { largestOf } from "../../math/extremes.js";
import type { Family } from "../../models/family.js";
import { parseNotation } from "../../models/notation.js";
import type { Table } from "../../report/table.js";
import type { Colors } from "../../report/terminal/colors.js";
import { explainedTerm, flowed, wrapped } from "../../report/terminal/wrap.js";
import { familyNamed } from "../../select/catalogue.js";
import type { Run } from "../command.js";
import { knownFamilies } from "../families.js";
import { emit } from "../output/output.js";

/** Lists every family of models, or explains the one that a name or a notation names. */
export const runModels: Run = async (context, name) => {
  const known = await knownFamilies();
  const all = name === undefined ? known : [familyNamed(parseNotation(name).name)];
  const items = all.map(({ name, summary, forms, options, seasonal, treats }) => ({
    name,
    summary,
    forms,
    seasonal,
    ...treats,
    options,
  }));
  await emit(context, {
    items: () => items,
    json: (models) => ({ models }),
    table: name === undefined ? modelTable(all) : optionTable(all[0]!),
    view: (paint, width) => {
      // Elsewhere than on a terminal a line is an option.
      const room = context.shell.stdout.isTTY === true ? width : Number.POSITIVE_INFINITY;
      return `${all.map((family) => modelView(family, paint, room, name !== undefined)).join("\n\n")}\n`;
    },
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

function optionTable({ options }: Family): Table {
  return {
    columns: ["option", "takes", "default", "summary"].map((name) => ({ name })),
    rows: options.map((option) => [option.name, takes(option), option.default, option.summary]),
  };
}

/** Where the part of an explanation begins that is written dimly: it takes no place in the end. */
const DIM = "\u2060";

function modelView(family: Family, paint: Colors, width: number, whole: boolean): string {
  const { name, summary, forms, options } = family;
  const longest = largestOf(
    options.map((option) => option.name.length),
    0,
  );
  const lines = options.map((option) => {
    const value = option.place === "period" ? `, written [m]` : "";
    const meaning = `${option.summary} ${DIM}(${takes(option)}; default ${option.default}${value})`;
    const [plain, dim] = explainedTerm(option.name, meaning, { width, indent: 4, column: longest + 2 }).split(
      DIM,
    );
    return `${plain}${paint.dim(dim!)}`;
  });
  const title = wrapped(`${name}  ${summary}`, width, "  ").slice(name.length);
  const written = flowed(forms, (form) => form.length, width - 2).map((line) =>
    paint.cyan(wrapped(`  ${line.join("   ")}`, width, "  ")),
  );
  const more = whole ? ["", ...explained(family).map((line) => wrapped(line, width, "  "))] : [];
  return [`${paint.bold(name)}${title}`, ...written, ...lines, ...more].join("\n");
}

function takes({ takes, values }: Family["options"][number]): string {
  return takes ?? (typeof values === "string" ? values : values.join(", "));
}

const INPUTS = {
  uses: "used",
  ignores: "left out, with a warning",
  refuses: "refused",
  held: "as the model in it",
};
const MISSING = {
  keep: "kept",
  interpolate: "interpolated",
  held: "as the model in it",
};

/** What it does with inputs and missing values, and its name in code. */
function explained({ name, treats }: Family): string[] {
  const inCode = name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  const said =
    treats === undefined
      ? []
      : [`  inputs: ${INPUTS[treats.inputs]}`, `  missing values: ${MISSING[treats.missing]}`];
  return [...said, `  in code: import { ${inCode} } from "yule"`];
}
