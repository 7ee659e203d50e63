import { useTranslation } from "react-i18next";
import type { Act } from "../queries.ts";

/** What was before and after an act, field by field. */
export function Difference({ act }: { act: Act }) {
  const { t } = useTranslation(["admin", "people"]);
  const before = act.before ?? {};
  const after = act.after ?? {};
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return (
    <table className="difference">
      <thead>
        <tr>
          <th>{t("audit.field")}</th>
          {act.before ? <th>{t("audit.before")}</th> : null}
          {act.after ? <th>{t("audit.after")}</th> : null}
        </tr>
      </thead>
      <tbody>
        {fields.map((field) => (
          <tr key={field}>
            <th scope="row">
              {t(`audit.fields.${field}`, {
                defaultValue: t(`people:field.${field}`, { defaultValue: field }),
              })}
            </th>
            {act.before ? <td>{written(before[field])}</td> : null}
            {act.after ? <td>{written(after[field])}</td> : null}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function written(value: unknown): string {
  if (value === null || value === undefined || value === "") return "—";
  if (Array.isArray(value)) return value.map(written).join("、") || "—";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
