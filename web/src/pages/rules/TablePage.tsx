import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useParams, useSearchParams } from "react-router";
import { Loading } from "../../ui/Loading.tsx";
import { Refusal } from "../../ui/Refusal.tsx";
import { tableQuery, versionQuery, workedOn } from "./queries.ts";
import { Workbench } from "./Workbench.tsx";

/** One table in one of its versions; the address says which, else the one that is worked on. */
export function TablePage() {
  const { key = "" } = useParams();
  const [search] = useSearchParams();
  const [opened, setOpened] = useState(0);
  const set = useQuery(tableQuery(key));
  const wanted = Number(search.get("version")) || (set.data ? workedOn(set.data) : 0);
  const version = useQuery({ ...versionQuery(key, wanted), enabled: wanted > 0 });
  if (set.error ?? version.error) return <Refusal isPage error={set.error ?? version.error} />;
  if (!set.data || !version.data) return <Loading />;
  return (
    <Workbench
      key={`${key} ${wanted} ${opened}`}
      set={set.data}
      version={version.data}
      onReload={async () => {
        await version.refetch();
        setOpened(opened + 1);
      }}
    />
  );
}
