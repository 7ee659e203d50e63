import { PlusOutlined } from "@ant-design/icons";
import { Button, Tree, type TreeDataNode } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "../../../app/session.ts";
import { type Branch, type Department, treeOf } from "../tree.ts";
import { DepartmentEditor } from "./DepartmentEditor.tsx";

interface Props {
  departments: Department[];
  chosen: string | undefined;
  onChoose: (department: string | undefined) => void;
}

/** The tree of departments with how many people are in each; choosing one again shows everybody. */
export function DepartmentTree({ departments, chosen, onChoose }: Props) {
  const { t } = useTranslation("people");
  const may = useMay();
  const [adding, setAdding] = useState(false);
  if (departments.length === 0 && !may("people")) return null;
  return (
    <section className="card directory-tree">
      <h2>
        {t("directory.departments")}
        {may("people") ? (
          <Button
            type="text"
            size="small"
            icon={<PlusOutlined />}
            aria-label={t("department.add")}
            title={t("department.add")}
            onClick={() => setAdding(true)}
          />
        ) : null}
      </h2>
      {departments.length ? (
        <Tree
          blockNode
          defaultExpandAll
          treeData={treeOf(departments).map(node)}
          selectedKeys={chosen ? [chosen] : []}
          onSelect={([key]) => onChoose(key?.toString())}
        />
      ) : (
        <p className="muted pad">{t("department.none")}</p>
      )}
      {adding ? (
        <DepartmentEditor departments={departments} inside={chosen} onClose={() => setAdding(false)} />
      ) : null}
    </section>
  );
}

function node({ department, inside }: Branch): TreeDataNode {
  return {
    key: department.id,
    title: (
      <span className="branch">
        <span>{department.name}</span>
        <span className="muted number">{department.below}</span>
      </span>
    ),
    children: inside.map(node),
  };
}

interface Option {
  value: string;
  title: string;
  disabled: boolean;
  children: Option[];
}

/** The departments to choose one from; those that are `barred` cannot be chosen. */
export function optionsOf(departments: readonly Department[], barred = new Set<string>()): Option[] {
  const option = ({ department, inside }: Branch): Option => ({
    value: department.id,
    title: department.name,
    disabled: barred.has(department.id),
    children: inside.map(option),
  });
  return treeOf(departments).map(option);
}
