import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Input } from "antd";
import { useTranslation } from "react-i18next";
import type { Step } from "../../../flow/model.ts";
import { Group } from "./Field.tsx";

interface Props {
  label: string;
  says?: string;
  node?: string;
  field?: string;
  value: Step;
  onChange: (value: Step | undefined) => void;
}

/** Names with what each stands for; what is no text is shown and left as it is. */
export function Pairs({ label, says, node, field, value, onChange }: Props) {
  const { t } = useTranslation("flows");
  const pairs = Object.entries(value);
  const put = (index: number, name: string, said: Step[string]) =>
    onChange(Object.fromEntries(pairs.map((pair, number) => (number === index ? [name, said] : pair))));
  return (
    <Group label={label} says={says} {...(node && field ? { node, field } : {})}>
      {pairs.map(([name, said], index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the name is what is being typed
        <div className="pair" key={index}>
          <Input
            aria-label={t("pairs.name", { number: index + 1 })}
            value={name}
            onChange={(event) => put(index, event.target.value, said)}
          />
          <Input
            aria-label={t("pairs.value", { name })}
            value={typeof said === "string" ? said : JSON.stringify(said)}
            disabled={typeof said !== "string"}
            onChange={(event) => put(index, name, event.target.value)}
          />
          <Button
            type="text"
            icon={<DeleteOutlined aria-hidden="true" />}
            aria-label={t("pairs.remove", { name })}
            onClick={() => onChange(Object.fromEntries(pairs.filter((_, number) => number !== index)))}
          />
        </div>
      ))}
      <Button
        size="small"
        icon={<PlusOutlined aria-hidden="true" />}
        disabled={"" in value}
        onClick={() => onChange({ ...value, "": "" })}
      >
        {t("pairs.more")}
      </Button>
    </Group>
  );
}
