import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useParams, useSearchParams } from "react-router";
import { useMay } from "../../app/session.ts";
import { Loading } from "../../ui/Loading.tsx";
import { Refusal } from "../../ui/Refusal.tsx";
import { type ProcessSet, setQuery, versionQuery, vocabularyQuery } from "./asking.ts";
import { Designer } from "./Designer.tsx";
import { NO_WORDS, wordsOf } from "./vocabulary.ts";

/** The version that is asked for, else the one under the pen, else the one in force. */
export function DesignerPage() {
  const { key = "" } = useParams();
  const [search] = useSearchParams();
  const { data: set, error } = useQuery(setQuery(key));
  if (error) return <Refusal isPage error={error} />;
  if (!set) return <Loading />;
  const asked = Number(search.get("version"));
  return <Opened key={`${key}@${asked}`} set={set} asked={asked} />;
}

function Opened({ set, asked }: { set: ProcessSet; asked: number }) {
  const { i18n } = useTranslation("flows");
  // the draft that the first change begins is kept by the same desk, which is not opened anew for it
  const [number] = useState(asked || set.versions[0]?.version || 1);
  // what is opened is read once: from then on the desk holds it, and saving tells what came of it
  const { data: version, error } = useQuery({
    ...versionQuery(set.key, number),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  const may = useMay();
  const hasWords = may("processes", "processes_approve");
  const { data: vocabulary, error: wordless } = useQuery({ ...vocabularyQuery, enabled: hasWords });
  if (error || wordless) return <Refusal isPage error={error ?? wordless} />;
  if (!version || (hasWords && !vocabulary)) return <Loading />;
  return (
    <Designer
      version={version}
      set={set}
      words={vocabulary ? wordsOf(vocabulary, i18n.language) : NO_WORDS}
    />
  );
}
