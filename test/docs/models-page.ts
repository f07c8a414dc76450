import type { Family } from "../../src/models/family.js";

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

/** The generated part of docs/reference/models.md: every model, its notations and its options. */
export function modelsPage(families: readonly Family[]): string {
  const names = families.map(
    ({ name, summary, treats }) =>
      `| [\`${name}\`](#${name}) | ${summary} | ${INPUTS[treats!.inputs]} | ${MISSING[treats!.missing]} |`,
  );
  const overview = ["| model | what it is | inputs | missing values |", "|---|---|---|---|", ...names].join(
    "\n",
  );
  return `${[overview, ...families.map(section)].join("\n\n")}\n`;
}

/** A page with its tables of options, between `<!-- begin: options NAME -->` and the end, written anew. */
export function withOptions(page: string, families: readonly Family[]): string {
  return page.replaceAll(
    /(<!-- begin: options (\S+) -->\n)[\s\S]*?(<!-- end: options \2 -->)/g,
    (_, begin, name, end) => {
      const family = families.find((one) => one.name === name);
      if (family === undefined) throw new Error(`No model is called ${name}.`);
      return `${begin}${optionsOf(family)}\n${end}`;
    },
  );
}

function section(family: Family): string {
  const { name, summary, forms, options } = family;
  const head = `## ${name}\n\n${capital(summary)}: ${forms.map((form) => `\`${form}\``).join(", ")}.`;
  return options.length === 0 ? `${head} It has no options.` : `${head}\n\n${optionsOf(family)}`;
}

/** The table of a model's options. */
function optionsOf({ options }: Family): string {
  const rows = options.map(({ name: option, place, takes, default: standard, summary: what }) => {
    const written = place === "period" ? `\`[m]\`, \`${option}\`` : `\`${option}\``;
    return `| ${written} | ${what} | ${takes} | ${standard} |`;
  });
  return ["| option | | takes | default |", "|---|---|---|---|", ...rows].join("\n");
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
