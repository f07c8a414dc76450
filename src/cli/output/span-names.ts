const YEAR_BEGINS = /^(\d{4})(?:-01(?:-01)?|-?Q1)$/;
const YEAR_ENDS = /^(\d{4})(?:-1[0-2](?:-\d\d)?|-?Q4)$/;

/** A season by its first and last time; by their year or date where it is one year or one day. */
export function spanNamed(first: string, last: string): string {
  const year = YEAR_BEGINS.exec(first)?.[1];
  if (year !== undefined && YEAR_ENDS.exec(last)?.[1] === year) return year;
  const [day] = first.split(/[ T]/) as [string];
  return day !== first && last.startsWith(day) ? day : `${first} to ${last}`;
}
