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

/** A page of docs/models: its path from there, and its text. */
export interface ModelPage {
  readonly path: string;
  readonly text: string;
}

/** What a folder of docs/models holds, in the order in which they are listed. */
const FOLDERS: readonly (readonly [folder: string, heading: string])[] = [
  ["combinations", "The default model and combinations"],
  ["classical", "Classical models"],
  ["networks", "Networks"],
];

/**
 * docs/models/README.md with its lists of pages, between `<!-- begin: pages -->` and the end, written anew. A page begins with
 * `# models: what they are` and a sentence `For …`.
 */
export function withPages(readme: string, pages: readonly ModelPage[]): string {
  const lists = FOLDERS.map(([folder, heading]) => {
    const rows = pages.filter(({ path }) => path.startsWith(`${folder}/`)).map(rowOf);
    return [`## ${heading}\n`, "| models | what they are | for |", "|---|---|---|", ...rows.sort()].join(
      "\n",
    );
  });
  return readme.replace(
    /(<!-- begin: pages -->\n)[\s\S]*(<!-- end: pages -->)/,
    (_, begin, end) => `${begin}\n${lists.join("\n\n")}\n\n${end}`,
  );
}

function rowOf({ path, text }: ModelPage): string {
  const [, models, what, use] = /^# ([^:\n]+): (.+)\n\nFor ([^.]+)\.\n/.exec(text) ?? [];
  if (models === undefined)
    throw new Error(`docs/models/${path} must begin with "# models: what they are" and a sentence "For …".`);
  return `| [${models}](${path}) | ${what} | ${use} |`;
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
