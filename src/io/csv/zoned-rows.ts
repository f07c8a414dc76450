import { fixedOffset, instantOf, isRepeated } from "../../core/zone.js";
import type { Table } from "./table.js";
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
  const instants = local.map((time, row) => {
    const id = ids.length === 0 ? 0 : ids[row]!;
    const first = instantOf(zone, time);
    const instant = first <= last[id]! && isRepeated(zone, time) ? instantOf(zone, time, true) : first;
    last[id] = instant;
    return instant;
  });
  return { ...times, instants };
}
