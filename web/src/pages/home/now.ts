/** Whether a span that begins at `from` and ends before `to` holds this moment. */
export function isNow(span: { from: string; to: string }, now: number): boolean {
  return Date.parse(span.from) <= now && now < Date.parse(span.to);
}
