/** The fields that have something to say and are not on the card, each in one line. */
export function restOf(fields: Record<string, unknown>, onCard: readonly string[]): [string, string][] {
  return Object.entries(fields)
    .filter(([field, value]) => !onCard.includes(field) && !isBlank(value))
    .map(([field, value]) => [field, typeof value === "object" ? JSON.stringify(value) : String(value)]);
}

function isBlank(value: unknown): boolean {
  return (
    value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0)
  );
}
