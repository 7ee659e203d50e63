import { useTranslation } from "react-i18next";
import type { Json, Step } from "../../../flow/model.ts";
import { useDesigning, useDrawing, useLang } from "../designing.ts";
import { documentFields } from "../words.ts";
import { Group } from "./Field.tsx";
import { Pick } from "./Pick.tsx";

const RIGHTS = ["hidden", "read", "write", "required"];
const OTHERS = "*";

interface Props {
  node: string;
  value: Json | undefined;
  /** Copies show fields and ask for none. */
  seenOnly?: boolean;
  onChange: (value: Json | undefined) => void;
}

/** What people may do here with each field of the document. */
export function FieldRights({ node, value, seenOnly = false, onChange }: Props) {
  const { t } = useTranslation("flows");
  const { words } = useDesigning();
  const rights = asRights(value);
  const known = documentFields(useDrawing(), words, useLang()).filter((one) => !one.path.includes("."));
  const more = Object.keys(rights).filter(
    (path) => path !== OTHERS && !known.some((one) => one.path === path),
  );
  const rows = [
    ...known.map(({ path, title }) => ({ path, title })),
    ...more.map((path) => ({ path, title: path })),
    { path: OTHERS, title: t("fields.others") },
  ];
  const put = (path: string, right: string | undefined) => {
    const next = { ...rights, [path]: right ?? "read" };
    if (next[path] === "read") delete next[path];
    onChange(Object.keys(next).length ? next : undefined);
  };
  return (
    <Group label={t("fields.title")} says={t("fields.says")} node={node} field="fields">
      {rows.map(({ path, title }) => (
        <div className="right" key={path}>
          <span>{title}</span>
          <Pick
            label={t("fields.of", { field: title })}
            value={rights[path] ?? "read"}
            choices={(seenOnly || path === OTHERS ? RIGHTS.slice(0, 2) : RIGHTS).map((one) => ({
              value: one,
              label: t(`fields.rights.${one}`),
            }))}
            onPick={(right) => put(path, right)}
          />
        </div>
      ))}
    </Group>
  );
}

/** A mere list of names means that they have to be filled in. */
function asRights(value: Json | undefined): Record<string, string> {
  if (Array.isArray(value)) return Object.fromEntries(value.map((path: Json) => [String(path), "required"]));
  return Object.fromEntries(
    Object.entries((value ?? {}) as Step).map(([path, right]) => [path, String(right)]),
  );
}
