import type { Place, Span } from "./selection.ts";

/** Texts as spreadsheets exchange them: tabs between cells, quotes around what holds tabs, quotes or line ends. */
export function toTsv(texts: string[][]): string {
  return texts.map((row) => row.map(quoted).join("\t")).join("\n");
}

function quoted(text: string): string {
  return /[\t\n\r"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** What a spreadsheet put on the clipboard, cell by cell. */
export function fromTsv(text: string): string[][] {
  const rows: string[][] = [[]];
  const cell = /(?:"((?:[^"]|"")*)"|([^\t\n\r]*))(\t|\r\n|\n|\r|$)/y;
  const whole = text.replace(/(?:\r\n|\n|\r)$/, "");
  while (cell.lastIndex <= whole.length) {
    const found = cell.exec(whole);
    if (!found) break;
    rows.at(-1)?.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? "");
    if (!found[3]) break;
    if (found[3] !== "\t") rows.push([]);
  }
  return rows;
}

/** Where pasted texts go, from the top left of what is selected; one text fills everything that is selected. */
export function targets(texts: string[][], span: Span): (Place & { text: string })[] {
  const only = texts.length === 1 && texts[0]?.length === 1 ? texts[0][0] : undefined;
  if (only !== undefined) {
    const places: (Place & { text: string })[] = [];
    for (let row = span.top; row <= span.bottom; row += 1)
      for (let col = span.left; col <= span.right; col += 1) places.push({ row, col, text: only });
    return places;
  }
  return texts.flatMap((line, down) =>
    line.map((text, over) => ({ row: span.top + down, col: span.left + over, text })),
  );
}
