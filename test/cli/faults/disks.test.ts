import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { folder, run } from "../run.js";

const at = folder();
const DISK = join(at.path, "disk");
mkdirSync(DISK);
const mount = (...words: string[]) => spawnSync("mount", [...words, DISK], { stdio: "ignore" }).status === 0;
const mounted = mount("-t", "tmpfs", "-o", "size=128k", "tmpfs");
afterAll(() => {
  if (mounted) spawnSync("umount", ["-l", DISK], { stdio: "ignore" });
});

/** Ids long enough for results that are longer than the estimate before the run. */
const PANEL = `unique_id,ds,y\n${Array.from({ length: 60 }, (_, s) =>
  Array.from({ length: 6 }, (_row, t) => `${s}${"x".repeat(1000)},${1990 + t},${(s * 7 + t * 31) % 17}`),
)
  .flat()
  .join("\n")}\n`;
const WORDS = "forecast panel.csv -m naive -n 3 -q --jobs 1";
const yule = (words: string) => run(words.split(" "), { cwd: at.path });

/** They need the right to mount a disk; without it they are skipped. */
describe.skipIf(!mounted)("a small disk of its own", () => {
  test.each(["csv", "parquet"])(
    "that fills during a run: --resume ends in the same bytes, %s",
    async (ending) => {
      at.write("panel.csv", PANEL);
      expect((await yule(`${WORDS} -o whole.${ending}`)).code).toBe(0);
      const full = await yule(`${WORDS} -o disk/out.${ending}`);
      expect(full.code).toBe(1);
      expect(full.stderr).toMatch(/cannot be written \(the disk is full\)/);
      expect(readdirSync(DISK)).not.toContain(`out.${ending}`);
      expect(mount("-o", "remount,size=8m")).toBe(true);
      expect((await yule(`${WORDS} -o disk/out.${ending} --resume`)).code).toBe(0);
      expect(at.read(`disk/out.${ending}`)).toBe(at.read(`whole.${ending}`));
      expect(readdirSync(DISK)).toEqual([`out.${ending}`]);
      rmSync(join(DISK, `out.${ending}`));
      expect(mount("-o", "remount,size=128k")).toBe(true);
    },
  );

  test("that is full before the run: nothing is left beside the output", async () => {
    at.write("few.csv", PANEL.split("\n").slice(0, 7).join("\n"));
    expect(() => writeFileSync(join(DISK, "filler"), new Uint8Array(1 << 20))).toThrow("ENOSPC");
    const ran = await yule("forecast few.csv -m naive -n 1 -q --jobs 1 -o disk/out.csv");
    expect(ran.code).toBe(1);
    expect(ran.stderr).toMatch(/disk\/out.csv (cannot be written \(the disk is full\)|will take about)/);
    expect(readdirSync(DISK)).toEqual(["filler"]);
    rmSync(join(DISK, "filler"));
  });

  test("that is read-only", async () => {
    expect(mount("-o", "remount,ro")).toBe(true);
    for (const name of ["out.csv", "out.parquet"]) {
      const ran = await yule(`${WORDS} -o disk/${name}`);
      expect(ran.code).toBe(2);
      expect(ran.stderr).toContain(
        `disk/${name} cannot be written (the file system is read-only); give --output another place.`,
      );
    }
  });
});
