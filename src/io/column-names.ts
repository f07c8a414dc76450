import { readTable } from "./csv/read-table.js";
import { chunksOf } from "./files.js";

/** Thrown when the head of a file was seen, so that no more of it is read. */
class Seen extends Error {}

/**
 * The names of the columns of a file, read from its beginning.
 *
 * @throws YuleError as reading the file does.
 * @example await columnNames("sales.csv"); // ["date", "sales"]
 */
export async function columnNames(path: string): Promise<string[]> {
  const names: string[] = [];
  try {
    await readTable(chunksOf(path), { name: path }, ({ columns }) => {
      for (const { name } of columns) names.push(name);
      throw new Seen();
    });
  } catch (error) {
    if (!(error instanceof Seen)) throw error;
  }
  return names;
}
