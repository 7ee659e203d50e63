import { useState } from "react";
import { type Located, Refused, type Schemas, sent } from "../../api/client.ts";
import { asTable, type Table } from "../../table/model.ts";

const ENDINGS = ["table.yaml", "yaml", "jdm.json", "json", "xlsx", "csv", "dmn"] as const;
const FORMATS: Record<(typeof ENDINGS)[number], string> = {
  "table.yaml": "table.yaml",
  yaml: "table.yaml",
  "jdm.json": "jdm.json",
  json: "jdm.json",
  xlsx: "xlsx",
  csv: "csv",
  dmn: "dmn",
};

/** The table in a file, as the server reads it; a file of another kind is sent as a workbook and refused in its words. */
export async function readFile(file: File): Promise<Table> {
  const ending = ENDINGS.find((one) => file.name.toLowerCase().endsWith(`.${one}`)) ?? "xlsx";
  const answer = await sent(`/api/v1/rules/read-file?format=${FORMATS[ending]}`, {
    method: "POST",
    body: file,
  });
  return asTable((await answer.json()) as Schemas["Table-Output"]);
}

/** An upload that takes the place of the table under edit, as one step that can be undone. */
export function useUpload(onTable: (table: Table) => void) {
  const [isReading, setReading] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [problems, setProblems] = useState<Located[]>([]);

  async function read(file: File) {
    setReading(true);
    setError(null);
    setProblems([]);
    try {
      onTable(await readFile(file));
    } catch (refused) {
      const places = refused instanceof Refused ? (refused.problem.problems ?? []) : [];
      setProblems(places);
      setError(places.length ? null : refused);
    } finally {
      setReading(false);
    }
  }

  const take = (file: File) => {
    void read(file);
    return false; // antd would send it itself
  };
  return { take, isReading, error, problems };
}
