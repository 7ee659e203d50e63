/** How a file is written, by its name; what is not known is read as a table of text. */
export function formatOf(name: string): "xlsx" | "csv" | "yaml" {
  const ending = name.toLowerCase().split(".").at(-1);
  if (ending === "xlsx") return "xlsx";
  return ending === "yaml" || ending === "yml" ? "yaml" : "csv";
}
