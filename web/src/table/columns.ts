import type { Input, Output, Table } from "./model.ts";

/** A key for a column that comes, after its title if that is Latin: keys are for machines. */
export function freshKey(table: Table, title: string, stem: string): string {
  const known = new Set([...table.inputs, ...table.outputs, ...table.given].map((one) => one.key));
  const latin = title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^[^a-z]+|_+$/g, "");
  const wanted = latin || stem;
  let key = wanted;
  for (let number = 2; known.has(key); number += 1) key = `${wanted}_${number}`;
  return key;
}

export function addInput(table: Table, column: Input): Table {
  return { ...table, inputs: [...table.inputs, column] };
}

export function addOutput(table: Table, column: Output): Table {
  return { ...table, outputs: [...table.outputs, column] };
}

/** The column with other settings; its key and with it what the rows say stay. */
export function changeInput(table: Table, column: Input): Table {
  return { ...table, inputs: table.inputs.map((one) => (one.key === column.key ? column : one)) };
}

export function changeOutput(table: Table, column: Output): Table {
  return { ...table, outputs: table.outputs.map((one) => (one.key === column.key ? column : one)) };
}

/** Without the column and without what rows say in it. The last condition and the last outcome stay. */
export function removeColumn(table: Table, key: string): Table {
  const without = <T>(of: Record<string, T>): Record<string, T> =>
    Object.fromEntries(Object.entries(of).filter(([name]) => name !== key));
  if (table.inputs.length > 1 && table.inputs.some((one) => one.key === key)) {
    const rows = table.rows.map((row) => ({ ...row, when: without(row.when) }));
    return { ...table, inputs: table.inputs.filter((one) => one.key !== key), rows };
  }
  if (table.outputs.length > 1 && table.outputs.some((one) => one.key === key)) {
    const rows = table.rows.map((row) => ({ ...row, then: without(row.then) }));
    const otherwise = Array.isArray(table.default)
      ? table.default.map(without)
      : table.default && without(table.default);
    return { ...table, outputs: table.outputs.filter((one) => one.key !== key), rows, default: otherwise };
  }
  return table;
}

/** The column one place further left (-1) or right (1) among its like. */
export function moveColumn(table: Table, key: string, by: -1 | 1): Table {
  return {
    ...table,
    inputs: shifted(table.inputs, key, by),
    outputs: shifted(table.outputs, key, by),
  };
}

function shifted<T extends { key: string }>(columns: T[], key: string, by: -1 | 1): T[] {
  const from = columns.findIndex((one) => one.key === key);
  const here = columns[from];
  const there = columns[from + by];
  if (!here || !there) return columns;
  return columns.map((one, place) => (place === from ? there : place === from + by ? here : one));
}
