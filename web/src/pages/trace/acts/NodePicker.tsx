import { Select } from "antd";
import { useLabel } from "../../../app/label.ts";
import { placesOf } from "../places.ts";

interface Props {
  id?: string;
  /** The definition whose nodes there are to choose from, once it is there. */
  process: object | undefined;
  value?: string | null;
  onChange?: (node: string | undefined) => void;
  placeholder?: string;
  allowClear?: boolean;
  "aria-label"?: string;
}

/** Chooses a node of a process, found by its title; those within another one are set in. */
export function NodePicker({ process, ...given }: Props) {
  const say = useLabel();
  return (
    <Select
      {...given}
      showSearch={{ optionFilterProp: "title" }}
      loading={process === undefined}
      options={placesOf(process).map(({ id, title, depth }) => ({
        value: id,
        title: say(title),
        label: <span style={{ paddingInlineStart: depth * 16 }}>{say(title)}</span>,
      }))}
    />
  );
}
