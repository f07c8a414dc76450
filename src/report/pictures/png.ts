import { YuleError } from "../../core/errors.js";

/** Optional: a drawing library with prebuilt binaries that is used where it is installed. */
const RENDERER = "@resvg/resvg-js";

interface Renderer {
  readonly Resvg: new (
    svg: string,
    options: { fitTo: { mode: "zoom"; value: number } },
  ) => { render(): { asPng(): Uint8Array } };
}

/**
 * An SVG text as PNG, at twice its size.
 *
 * @throws YuleError `no-png` where the optional package that draws it is not installed.
 */
export async function pngBytes(svg: string): Promise<Uint8Array> {
  const { Resvg } = await requireRenderer();
  return new Resvg(svg, { fitTo: { mode: "zoom", value: 2 } }).render().asPng();
}

/** @throws YuleError `no-png` where the package is not installed. */
export async function requireRenderer(): Promise<Renderer> {
  try {
    return (await import(RENDERER)) as Renderer;
  } catch (cause) {
    throw new YuleError({
      code: "no-png",
      category: "usage",
      argument: "plot",
      message: `PNG plots need the package ${RENDERER}, which is not installed: run npm install ${RENDERER}, or give --plot a name that ends in .svg or .html.`,
      cause,
    });
  }
}
