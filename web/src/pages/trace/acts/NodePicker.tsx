import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useLabel } from "../../../app/label.ts";
import { definitionQuery } from "../asked.ts";
import { placesOf } from "../places.ts";

interface Props {
  id?: string;
  process: string;
  value?: string | null;
  onChange?: (node: string | undefined) => void;
  placeholder?: string;
  allowClear?: boolean;
  "aria-label"?: string;
}

/** Chooses a node of a process, found by its title; those within another one are set in. */
export function NodePicker({ process, ...given }: Props) {
  const say = useLabel();
  const { data, isPending } = useQuery(definitionQuery(process));
  return (
    <Select
      {...given}
      showSearch={{ optionFilterProp: "title" }}
      loading={isPending}
      options={placesOf(data?.process).map(({ id, title, depth }) => ({
        value: id,
        title: say(title),
        label: <span style={{ paddingInlineStart: depth * 16 }}>{say(title)}</span>,
      }))}
    />
  );
}
