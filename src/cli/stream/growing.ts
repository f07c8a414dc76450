import {
  closeSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { resolve } from "node:path";
import { unwritableBy } from "../places/write.js";

/** A file that grows beside its place, as `NAME.partial`, and is moved there in the end. Devices are written to directly. */
export class Growing {
  readonly place: string;
  private readonly part: string;
  private file = -1;
  private bytes = 0;

  constructor(
    private readonly option: string,
    private readonly name: string,
    private readonly cwd: string,
  ) {
    const path = resolve(cwd, name);
    const before = quietly(() => statSync(path));
    this.place = before === null ? path : realpathSync(path);
    this.part = before !== null && !before.isFile() ? this.place : `${this.place}.partial`;
  }

  /** Whether it is no file, but a device or a pipe, which cannot be gone on with. */
  get isDirect(): boolean {
    return this.part === this.place;
  }

  /** Bytes that a stopped run left; 0 where there are none. */
  get left(): number {
    return this.isDirect ? 0 : (quietly(() => statSync(this.part).size) ?? 0);
  }

  get length(): number {
    return this.bytes;
  }

  /** Opens the file with its first `kept` bytes. @throws YuleError `unwritable`. */
  open(kept: number): void {
    this.attempt(() => {
      this.file = openSync(this.part, kept > 0 ? "r+" : "w");
      if (fstatSync(this.file).isFile()) ftruncateSync(this.file, kept);
      this.bytes = kept;
    });
  }

  /** @throws YuleError `unwritable`. */
  write(content: Uint8Array): void {
    this.attempt(() => {
      for (let from = 0; from < content.length; ) {
        const position = this.isDirect ? null : this.bytes;
        const count = writeSync(this.file, content, from, content.length - from, position);
        from += count;
        this.bytes += count;
      }
    });
  }

  /** Brings what was written to the disk. */
  sync(): void {
    if (!this.isDirect) this.attempt(() => fsyncSync(this.file));
  }

  /** Puts a file that is made of this one in its place; until that is complete this one stays as it is. */
  async commitAs(whole: (path: string) => AsyncIterable<Uint8Array>): Promise<void> {
    this.sync();
    const next = new Growing(this.option, `${this.place}.whole`, this.cwd);
    next.open(0);
    try {
      for await (const piece of whole(this.part)) next.write(piece);
      next.sync();
      next.close();
      this.attempt(() => renameSync(next.part, this.place));
    } catch (error) {
      next.remove();
      throw error;
    }
    this.remove();
  }

  /** Moves the file to its place. */
  commit(): void {
    this.sync();
    this.close();
    if (!this.isDirect) this.attempt(() => renameSync(this.part, this.place));
  }

  close(): void {
    if (this.file >= 0) quietly(() => closeSync(this.file));
    this.file = -1;
  }

  remove(): void {
    this.close();
    if (!this.isDirect) rmSync(this.part, { force: true });
  }

  private attempt(work: () => void): void {
    try {
      work();
    } catch (error) {
      throw unwritableBy(this.option, this.cwd, this.name, error);
    }
  }
}

export function quietly<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}
