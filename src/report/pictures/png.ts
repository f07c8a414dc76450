import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { YuleError } from "../../core/errors.js";

/** Optional: a renderer in WebAssembly, and the font that it draws text with. They come with yule unless they were left out. */
const RENDERER = "@resvg/resvg-wasm";
const FONT = "@expo-google-fonts/open-sans";

interface Renderer {
  readonly initWasm: (bytes: Uint8Array) => Promise<void>;
  readonly Resvg: new (
    svg: string,
    options: object,
  ) => { render(): { asPng(): Uint8Array; free(): void }; free(): void };
}

interface Drawing {
  readonly renderer: Renderer;
  readonly fonts: readonly Uint8Array[];
}

let loading: Promise<Drawing> | null = null;

/**
 * An SVG text as PNG, at twice its size. Text is drawn in Open Sans, so the same picture comes out on every machine.
 *
 * @throws YuleError `no-png` where the optional packages that draw it are not installed.
 */
export async function pngBytes(svg: string): Promise<Uint8Array> {
  const { renderer, fonts } = await requireRenderer();
  const font = { fontBuffers: fonts, defaultFontFamily: "Open Sans", sansSerifFamily: "Open Sans" };
  const drawing = new renderer.Resvg(svg, { fitTo: { mode: "zoom", value: 2 }, font });
  const image = drawing.render();
  const bytes = image.asPng();
  image.free();
  drawing.free();
  return bytes;
}

/** @throws YuleError `no-png` where the packages are not installed. */
export function requireRenderer(): Promise<Drawing> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Drawing> {
  try {
    const find = createRequire(import.meta.url);
    const fonts = ["400Regular/OpenSans_400Regular.ttf", "600SemiBold/OpenSans_600SemiBold.ttf"].map((file) =>
      readFileSync(find.resolve(`${FONT}/${file}`)),
    );
    const wasm = readFileSync(find.resolve(`${RENDERER}/index_bg.wasm`));
    const renderer = (await import(RENDERER)) as Renderer;
    await renderer.initWasm(wasm);
    return { renderer, fonts };
  } catch (cause) {
    throw new YuleError({
      code: "no-png",
      category: "usage",
      argument: "plot",
      message: `PNG plots need the packages ${RENDERER} and ${FONT}, which are not installed: run npm install ${RENDERER} ${FONT}, or give --plot a name that ends in .svg or .html.`,
      cause,
    });
  }
}
