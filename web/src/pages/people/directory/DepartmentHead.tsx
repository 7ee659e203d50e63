import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "../../../app/session.ts";
import { Person } from "../../../ui/Person.tsx";
import type { Department } from "../tree.ts";
import { DepartmentEditor } from "./DepartmentEditor.tsx";

/** What the department is called, who leads it, and the way to change that. */
export function DepartmentHead({
  department,
  departments,
}: {
  department: Department;
  departments: Department[];
}) {
  const { t } = useTranslation("people");
  const may = useMay();
  const [isEditing, setEditing] = useState(false);
  return (
    <div className="directory-place">
      <h2>{department.name}</h2>
      {department.head_name ? (
        <Person name={department.head_name} says={t("department.head")} />
      ) : (
        <span className="muted">{t("department.headless")}</span>
      )}
      {may("people") ? (
        <Button type="link" size="small" onClick={() => setEditing(true)}>
          {t("department.edit")}
        </Button>
      ) : null}
      {isEditing ? (
        <DepartmentEditor
          department={department}
          departments={departments}
          onClose={() => setEditing(false)}
        />
      ) : null}
    </div>
  );
}
