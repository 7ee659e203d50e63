/** The document's own title, where it has one. */
export function titleOf(instance: { fields?: Record<string, unknown> }): string | null {
  const title = instance.fields?.title;
  return typeof title === "string" && title ? title : null;
}
