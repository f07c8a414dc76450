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

function section({ name, summary, forms, options }: Family): string {
  const head = `## ${name}\n\n${capital(summary)}: ${forms.map((form) => `\`${form}\``).join(", ")}.`;
  if (options.length === 0) return `${head} It has no options.`;
  const rows = options.map(({ name: option, place, takes, default: standard, summary: what }) => {
    const written = place === "period" ? `\`[m]\`, \`${option}\`` : `\`${option}\``;
    return `| ${written} | ${what} | ${takes} | ${standard} |`;
  });
  return `${head}\n\n${["| option | | takes | default |", "|---|---|---|---|", ...rows].join("\n")}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
