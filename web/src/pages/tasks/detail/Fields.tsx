import { useTranslation } from "react-i18next";
import { useLabel } from "../../../app/label.ts";
import { grouped } from "../../../ui/amount.ts";
import { FillIn } from "./FillIn.tsx";
import { type CardField, type FieldRow, isWritable, recordsOf, textOf } from "./fields.ts";

interface Props {
  rows: { shown: FieldRow[]; others: FieldRow[] };
  card: readonly CardField[];
  filled: Record<string, unknown>;
  lacking: string[];
  fill: (filled: Record<string, unknown>) => void;
}

/** The document: what the process shows of it, what is to be filled in, and the rest on demand. */
export function Fields({ rows, card, filled, lacking, fill }: Props) {
  const { t } = useTranslation("tasks");
  if (!rows.shown.length && !rows.others.length) return null;
  return (
    <section className="part">
      <h3>{t("detail.fields")}</h3>
      <div className="fields">
        {rows.shown.map((row) =>
          isWritable(row) ? (
            <FillIn
              key={row.field}
              row={row}
              values={card.find((one) => one.field === row.field)?.values ?? {}}
              value={row.field in filled ? filled[row.field] : row.value}
              isLacking={lacking.includes(row.field)}
              fill={(value) => fill({ ...filled, [row.field]: value })}
            />
          ) : (
            <Shown key={row.field} row={row} />
          ),
        )}
      </div>
      {rows.others.length ? (
        <details className="others">
          <summary>{t("detail.otherFields", { count: rows.others.length })}</summary>
          <div className="fields">
            {rows.others.map((row) => (
              <Shown key={row.field} row={row} />
            ))}
          </div>
        </details>
      ) : null}
    </section>
  );
}

function Shown({ row }: { row: FieldRow }) {
  const say = useLabel();
  const records = recordsOf(row.value);
  const name = say(row.label) || row.field;
  return (
    <div className={records ? "shown shown-wide" : "shown"}>
      <span className="muted">{name}</span>
      {records ? (
        <Records name={name} records={records} />
      ) : (
        <span>{grouped(say(row.words) || textOf(row.value)) || "—"}</span>
      )}
    </div>
  );
}

function Records({ name, records }: { name: string; records: Record<string, unknown>[] }) {
  const columns = [...new Set(records.flatMap((one) => Object.keys(one)))];
  return (
    <div className="records">
      <table aria-label={name}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {records.map((record) => (
            <tr key={JSON.stringify(record)}>
              {columns.map((column) => (
                <td key={column}>{textOf(record[column])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
