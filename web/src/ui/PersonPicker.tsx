import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useDeferredValue, useState } from "react";
import { api, told } from "../api/client.ts";

interface Props {
  id?: string;
  value?: string;
  onChange?: (person: string) => void;
  placeholder?: string;
  allowClear?: boolean;
  "aria-label"?: string;
  /** Whoever is chosen already, so that the name is shown before anybody was looked for. */
  known?: { id: string; name: string } | undefined;
}

/** Chooses somebody who is still in the organisation, found by name, id or position. */
export function PersonPicker({ known, ...given }: Props) {
  const [typed, setTyped] = useState("");
  const search = useDeferredValue(typed.trim());
  const { data, isFetching } = useQuery({
    queryKey: ["people", "picker", search],
    queryFn: () =>
      told(api.GET("/api/v1/people", { params: { query: { search, active: true, limit: 50 } } })),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
  const options = (data ?? []).map((one) => ({
    value: one.id,
    label: one.position ? `${one.name} · ${one.position}` : one.name,
  }));
  const missing = known && !search && !options.some((one) => one.value === known.id);
  return (
    <Select
      {...given}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      loading={isFetching}
      options={missing ? [{ value: known.id, label: known.name }, ...options] : options}
    />
  );
}
