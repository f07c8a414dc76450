import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

const FOLDER = join(process.env.YULE_DATA ?? "", "m3");

/** Whether YULE_DATA names the folder that holds m3/. */
export const m3Present = process.env.YULE_DATA !== undefined && existsSync(join(FOLDER, "train.csv.gz"));

/** Both parts of the competition's series, by id. */
export function m3Values() {
  return { train: valuesOf("train.csv.gz"), future: valuesOf("test.csv.gz") };
}

function valuesOf(name: string): Map<string, number[]> {
  const lists = new Map<string, number[]>();
  const text = gunzipSync(readFileSync(join(FOLDER, name))).toString("utf8");
  for (const line of text.trimEnd().split(/\r?\n/).slice(1)) {
    const [id, , y] = line.split(",");
    const list = lists.get(id!) ?? [];
    if (list.length === 0) lists.set(id!, list);
    list.push(Number(y));
  }
  return lists;
}
