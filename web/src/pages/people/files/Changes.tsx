import { Alert, Segmented, Table, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Empty } from "../../../ui/Empty.tsx";
import type { Import } from "./ImportPanel.tsx";

type Kind = "new" | "changed" | "gone";
const KINDS: Kind[] = ["new", "changed", "gone"];
const COLOUR: Record<Kind, string> = { new: "green", changed: "blue", gone: "red" };

interface Row {
  key: string;
  kind: Kind;
  what: string;
  name: string;
  was: Record<string, string>;
  becomes: Record<string, string>;
}

/** What the file would change, person by person and department by department. */
export function Changes({ found }: { found: Import }) {
  const { t } = useTranslation("people");
  const [kind, setKind] = useState<Kind | "all">("all");
  const rows = rowsOf(found);
  const count = (one: Kind) => rows.filter((row) => row.kind === one).length;
  return (
    <div className="stack">
      {found.leavers.length ? (
        <Alert
          type="warning"
          showIcon
          title={t("import.leavers")}
          description={found.leavers
            .map((one) => t("import.leaver", { name: one.name, count: one.open_tasks }))
            .join("；")}
        />
      ) : null}
      {found.ignored.length ? (
        <Alert type="info" showIcon title={t("import.ignored", { what: found.ignored.join("、") })} />
      ) : null}
      <section className="card">
        <div className="directory-filter">
          <Segmented
            aria-label={t("import.kind")}
            value={kind}
            onChange={setKind}
            options={[
              { value: "all" as const, label: t("import.all", { count: rows.length }) },
              ...KINDS.map((one) => ({
                value: one,
                label: t(`import.kinds_of.${one}`, { count: count(one) }),
              })),
            ]}
          />
        </div>
        <Table<Row>
          size="middle"
          pagination={rows.length > 100 ? { pageSize: 100, showSizeChanger: false } : false}
          dataSource={rows.filter((one) => kind === "all" || one.kind === kind)}
          locale={{ emptyText: <Empty title={t("import.same")} says={t("import.sameSays")} /> }}
          columns={[
            {
              title: t("import.kind"),
              width: 96,
              render: (_, one) => <Tag color={COLOUR[one.kind]}>{t(`import.kind_name.${one.kind}`)}</Tag>,
            },
            {
              title: t("import.what"),
              render: (_, one) => (
                <>
                  {one.name} <span className="muted">{one.what}</span>
                </>
              ),
            },
            { title: t("import.fields"), render: (_, one) => <Fields row={one} /> },
          ]}
        />
      </section>
    </div>
  );
}

function rowsOf(found: Import): Row[] {
  return [
    ...found.changes.map((one) => ({ ...said(one), key: `p/${one.person}`, what: one.person })),
    ...found.department_changes.map((one) => ({
      ...said(one),
      key: `d/${one.department}`,
      what: one.department,
    })),
  ];
}

interface Told {
  kind: Kind;
  name: string;
  was?: Record<string, string>;
  becomes?: Record<string, string>;
}

const said = ({ kind, name, was = {}, becomes = {} }: Told) => ({ kind, name, was, becomes });

function Fields({ row }: { row: Row }) {
  const { t } = useTranslation("people");
  return Object.keys(row.was).map((field) => (
    <div key={field}>
      <span className="muted">{t(`field.${field}`, field)}</span> {row.was[field] || "—"} →{" "}
      <strong>{row.becomes[field] || "—"}</strong>
    </div>
  ));
}
