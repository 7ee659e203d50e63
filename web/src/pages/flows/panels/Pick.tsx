import { Select } from "antd";
import type { Choice } from "../words.ts";

interface Props {
  id?: string;
  label?: string;
  value: string | undefined;
  choices: readonly Choice[];
  placeholder?: string;
  clear?: boolean;
  onPick: (value: string | undefined) => void;
}

/** One of several; typing narrows them down. */
export function Pick({ id, label, value, choices, placeholder, clear = false, onPick }: Props) {
  return (
    <Select
      {...(id ? { id } : {})}
      aria-label={label}
      className="pick"
      showSearch={choices.length > 7 ? { optionFilterProp: "label" } : false}
      allowClear={clear}
      value={value || null}
      placeholder={placeholder}
      options={[...choices]}
      onChange={(picked: string | null | undefined) => onPick(picked ?? undefined)}
    />
  );
}
