import type { Printed } from "./values.js";

/** A table in a frame of lines, as DuckDB, SQLite and polars print it: rows between bars; types below the names are left out. */
export function boxed(lines: readonly string[]): Printed | null {
  const rows = lines.flatMap((text, i) =>
    /^\s*[│║┃|]/.test(text)
      ? [
          {
            line: i + 1,
            cells: text
              .trim()
              .slice(1, -1)
              .split(/[│║┃┆|]/)
              .map((cell) => cell.trim()),
          },
        ]
      : [],
  );
  const data = rows.filter(({ cells }) => !cells.every((cell) => TYPE.test(cell)));
  const width = data[0]?.cells.length ?? 0;
  if (data.length < 2 || data.some(({ cells }) => cells.length !== width)) return null;
  const csv = data
    .map(({ cells }) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(","))
    .join("\n");
  return { csv: `${csv}\n`, lines: data.slice(1).map(({ line }) => line) };
}

/** Types of columns that such programs print below their names, and the marks between. */
const TYPE =
  /^(?:---|str|(?:u?(?:tiny|small|big|huge)?int(?:eger)?|[iuf])\d*|float|double|real|numeric|decimal\(.*\)|varchar|text|string|bool(?:ean)?|date|time|timestamp.*|datetime.*)$/i;
