import { YuleError } from "../core/errors.js";
import type { FitOptions, Fitted } from "../core/model.js";
import type { Panel, Series } from "../core/series.js";

/** What came of one series of a panel: its fit, or why there is none. */
type Found<F extends Fitted> = F | Error;

/**
 * Some series of a panel could not be fitted. As an error it is that of the first of them; `fits` has what came of every series, in their order,
 * for those who go on with the others.
 */
export class PartlyFitted<F extends Fitted = Fitted> extends YuleError {
  constructor(readonly fits: readonly Found<F>[]) {
    super(fieldsOf(fits.find((found) => found instanceof Error)));
  }
}

/**
 * Fits to each series of a panel, giving way to other work of the program between them. A series that fails stops none of the others.
 *
 * @throws PartlyFitted in the end where some failed; the reason of `options.signal` when aborted.
 */
export async function fitInTurn<F extends Fitted>(
  panel: Panel,
  { signal }: FitOptions,
  fit: (series: Series, at: number) => F,
): Promise<F[]> {
  const found: Found<F>[] = [];
  for (const [at, series] of panel.entries()) {
    signal?.throwIfAborted();
    try {
      found.push(fit(series, at));
    } catch (error) {
      signal?.throwIfAborted();
      found.push(error instanceof Error ? error : new Error(String(error)));
    }
    await new Promise((resume) => setTimeout(resume, 0));
  }
  return allOf(found);
}

/** The fits of a panel with a change to each, of which some may have failed. @throws PartlyFitted where some did. */
export async function changed<F extends Fitted>(
  fits: Promise<readonly F[]>,
  change: (fitted: F, at: number) => F,
): Promise<F[]> {
  const found = await foundOf(fits);
  return allOf(found.map((one, at) => (one instanceof Error ? one : change(one, at))));
}

/** What came of every series of a panel. */
export async function foundOf<F extends Fitted>(fits: Promise<readonly F[]>): Promise<readonly Found<F>[]> {
  try {
    return await fits;
  } catch (error) {
    if (error instanceof PartlyFitted) return (error as PartlyFitted<F>).fits;
    throw error;
  }
}

function allOf<F extends Fitted>(found: readonly Found<F>[]): F[] {
  const fits = found.filter((one): one is F => !(one instanceof Error));
  if (fits.length < found.length) throw new PartlyFitted(found);
  return fits;
}

function fieldsOf(first: unknown) {
  if (first instanceof YuleError) {
    const { code, category, message, argument, value, hint, details } = first;
    const where = {
      ...(argument === undefined ? {} : { argument }),
      ...(hint === undefined ? {} : { hint }),
    };
    return { code, category, message, value, details, cause: first, ...where };
  }
  const message = first instanceof Error ? first.message : String(first);
  return { code: "internal", category: "failure", message, cause: first } as const;
}
