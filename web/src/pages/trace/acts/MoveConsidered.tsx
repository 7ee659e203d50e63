import { useQuery } from "@tanstack/react-query";
import { Alert, Form } from "antd";
import { useTranslation } from "react-i18next";
import type { Schemas } from "../../../api/client.ts";
import { useLabel } from "../../../app/label.ts";
import { definitionQuery } from "../asked.ts";
import { NodePicker } from "./NodePicker.tsx";

interface Props {
  item: Schemas["api__moving__Moved"];
  process: string;
  mapping: Record<string, string>;
  onMap: (mapping: Record<string, string>) => void;
}

/** Whether an instance can go on in another release, what is against it, and what would be different for it. */
export function MoveConsidered({ item, process, mapping, onMap }: Props) {
  const { t } = useTranslation("trace");
  const say = useLabel();
  const { data: definition } = useQuery(definitionQuery(process));
  const { verdict, reasons = [], changes = [], moved } = item;
  const renamed = verdict === "needs_mapping" ? reasons.flatMap((one) => one.node ?? []) : [];
  const told = [...Object.keys(mapping), ...renamed.filter((node) => !(node in mapping))];
  return (
    <>
      <Alert
        role="status"
        showIcon
        type={moved || verdict === "safe" ? "success" : "warning"}
        title={t(`acts.move.verdict.${moved ? "moved" : verdict}`)}
        description={
          <ul className="trace-move-notes">
            {[...reasons, ...changes].map((one) => (
              <li key={`${one.code}${one.node}`}>{say(one.text)}</li>
            ))}
          </ul>
        }
      />
      {moved
        ? null
        : told.map((node) => (
            <Form.Item key={node} label={t("acts.move.became", { node })} htmlFor={`became-${node}`}>
              <NodePicker
                id={`became-${node}`}
                process={definition?.process}
                value={mapping[node] ?? null}
                onChange={(became) => onMap({ ...mapping, [node]: became ?? "" })}
              />
            </Form.Item>
          ))}
    </>
  );
}
