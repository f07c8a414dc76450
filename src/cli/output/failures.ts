import { csvLines } from "../../report/text/csv.js";
import type { Failed } from "../../run/tasks/task.js";

const COLUMNS = ["unique_id", "model", "code", "message"].map((name) => ({ name }));

/** What a file of failed series begins with: nothing where it has a JSON object a line. */
export function failuresHeader(name: string): string {
  return isJson(name) ? "" : `${COLUMNS.map((column) => column.name).join(",")}\n`;
}

/** Failed series, one a line. */
export function failuresText(name: string, failures: readonly Failed[]): string {
  if (isJson(name)) {
    const lines = failures.map(({ id, model, error: { code, message } }) =>
      JSON.stringify({ id, model, code, message }),
    );
    return `${lines.join("\n")}\n`;
  }
  const rows = failures.map(({ id, model, error: { code, message } }) => [id, model, code, message]);
  const [, ...lines] = csvLines({ columns: COLUMNS, rows });
  return lines.join("");
}

function isJson(name: string): boolean {
  return /\.(ndjson|jsonl|json)$/i.test(name);
}
