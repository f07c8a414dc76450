import pc from "picocolors";

/** The colours a terminal shows, or functions that leave text as it is. */
export type Colors = ReturnType<typeof pc.createColors>;

/** Colours, or plain text where they are not wanted: files, pipes, `NO_COLOR`. */
export function colors(enabled: boolean): Colors {
  return pc.createColors(enabled);
}
