import { fixedOffset, instantOf, isRepeated } from "../../../core/time/zone.js";
import type { Table } from "../table.js";
import type { Times } from "./times.js";

/**
 * Instants of local times in a zone whose clocks change. Of the hour that happens twice, a row is the second pass
 * when the row of its series before it was not earlier in the first.
 */
export function withInstants(times: Times, table: Table): Times {
  const { zone, local } = times;
  if (zone === null || times.instants !== null || fixedOffset(zone) !== null) return times;
  const ids = table.ids.view();
  const last = new Float64Array(Math.max(1, table.idNames.size)).fill(Number.NEGATIVE_INFINITY);
  const instants = new Float64Array(local.length);
  const newestFirst = local.length > 1 && local[0]! > local.at(-1)!;
  for (let i = 0; i < local.length; i++) {
    const row = newestFirst ? local.length - 1 - i : i;
    const id = ids.length === 0 ? 0 : ids[row]!;
    const first = instantOf(zone, local[row]!);
    const again = first <= last[id]! && isRepeated(zone, local[row]!);
    last[id] = instants[row] = again ? instantOf(zone, local[row]!, true) : first;
  }
  return { ...times, instants };
}
