import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useDeferredValue, useState } from "react";
import { api, told } from "../api/client.ts";

interface Given {
  id?: string;
  placeholder?: string;
  allowClear?: boolean;
  "aria-label"?: string;
  /** Those who are not to be chosen. */
  except?: readonly string[];
}

interface Props extends Given {
  value?: string;
  onChange?: (person: string) => void;
  /** Whoever is chosen already, so that the name is shown before anybody was looked for. */
  known?: { id: string; name: string } | undefined;
}

/** Chooses somebody who is still in the organisation, found by name, id or position. */
export function PersonPicker({ known, except = [], ...given }: Props) {
  const { options, search, ...found } = useFound(except);
  const missing = known && !search && !options.some((one) => one.value === known.id);
  return (
    <Select
      {...given}
      {...found}
      options={missing ? [{ value: known.id, label: known.name }, ...options] : options}
    />
  );
}

interface SeveralProps extends Given {
  value: string[];
  onChange: (people: string[]) => void;
}

/** The same for several, in the order in which they are chosen; those who are keep their names. */
export function PeoplePicker({ except = [], ...given }: SeveralProps) {
  const { options, search: _, ...found } = useFound(except);
  const [named, setNamed] = useState<Option[]>([]);
  const kept = named.filter(
    (one) => given.value.includes(one.value) && !options.some((each) => each.value === one.value),
  );
  return (
    <Select
      mode="multiple"
      {...given}
      {...found}
      options={[...options, ...kept]}
      onSelect={(_value: unknown, option: Option) => setNamed((before) => [...before, option])}
    />
  );
}

interface Option {
  value: string;
  label: string;
}

/** Whom the typed words find. */
function useFound(except: readonly string[]) {
  const [typed, setTyped] = useState("");
  const search = useDeferredValue(typed.trim());
  const { data, isFetching, isPlaceholderData } = useQuery({
    queryKey: ["people", "picker", search],
    queryFn: () =>
      told(api.GET("/api/v1/people", { params: { query: { search, active: true, limit: 50 } } })),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
  // until the answer for these words is there: pressing Enter must not choose somebody they do not name
  const isFound = !isPlaceholderData && search === typed.trim();
  const options: Option[] = (data ?? [])
    .filter((one) => !except.includes(one.id))
    .map((one) => ({ value: one.id, label: one.position ? `${one.name} · ${one.position}` : one.name }))
    .filter((one) => isFound || `${one.value} ${one.label}`.includes(typed.trim()));
  return { search, options, loading: isFetching, showSearch: { filterOption: false, onSearch: setTyped } };
}
