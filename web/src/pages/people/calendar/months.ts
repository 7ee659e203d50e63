import type { Schemas } from "../../../api/client.ts";

export type Day = Schemas["Day"];

/** The days of a year by month, in their order. */
export function monthsOf(days: readonly Day[]): Day[][] {
  const months: Day[][] = [];
  let last = "";
  for (const day of days) {
    const month = day.date.slice(0, 7);
    if (month === last) months.at(-1)?.push(day);
    else months.push([day]);
    last = month;
  }
  return months;
}
