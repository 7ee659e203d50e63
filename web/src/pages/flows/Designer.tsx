import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import { useLabel } from "../../app/label.ts";
import { useMay } from "../../app/session.ts";
import { Canvas } from "../../flow/Canvas.tsx";
import { pathOf, type Step } from "../../flow/model.ts";
import { type ProcessSet, useChecked, type Version } from "./asking.ts";
import { type Designing, DesigningContext } from "./designing.ts";
import { openDesk } from "./desk.ts";
import { useEditing } from "./editing.ts";
import { foreseenMarks } from "./foreseen.ts";
import "./designer.css";
import "./flows.css";
import { SavingNotice } from "./SavingNotice.tsx";
import { Side, type SideTab } from "./Side.tsx";
import { faultsByKey, sentencesByKey } from "./said.ts";
import { useSaving } from "./saving.ts";
import { TopBar } from "./TopBar.tsx";
import { useTrial } from "./trial.ts";
import { useUndoKeys } from "./undoKeys.ts";
import type { Words } from "./words.ts";

interface Props {
  version: Version;
  set: ProcessSet;
  words: Words;
}

/** One version on the canvas, with what can be said and done about it at the side. */
export function Designer({ version: opened, set, words }: Props) {
  const { t, i18n } = useTranslation("flows");
  const say = useLabel();
  const may = useMay();
  const isWide = useIsWide();
  const mayEdit = may("processes") && isWide;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is on the desk is what was opened, whatever is read later
  const desk = useMemo(
    () => openDesk({ drawing: { steps: [], ...opened.process }, cases: opened.cases as Step[] }),
    [opened.key, opened.version],
  );
  const drawing = useStore(desk, (now) => now.drawing);
  const saving = useSaving(opened, desk);
  const [selected, setSelected] = useState<string | null>(null);
  const [tab, setTab] = useState<SideTab>("step");
  const [focus, setFocus] = useState<{ key: string; times: number }>();
  const { data: checked } = useChecked(drawing, may("processes", "processes_approve"));
  const trial = useTrial(drawing, tab === "trial");
  const lang = i18n.language;
  const faults = checked?.problems ?? [];
  const sentences = useMemo(() => sentencesByKey(checked?.sentences ?? [], lang), [checked, lang]);
  const faultWords = useMemo(
    () => faultsByKey(checked?.problems ?? [], drawing, lang),
    [checked, drawing, lang],
  );
  const marks = useMemo(
    () => (trial.seen ? foreseenMarks(trial.seen, drawing, t, lang) : {}),
    [trial.seen, drawing, t, lang],
  );
  const select = (key: string | null) => {
    setSelected(key);
    if (key && tab !== "trial") setTab("step");
  };
  const jump = (key: string) => {
    setSelected(key);
    setTab("step");
    setFocus((was) => ({ key, times: (was?.times ?? 0) + 1 }));
  };
  const editing = useEditing(desk, select, jump);
  const edit = mayEdit ? editing : undefined;
  useEffect(() => {
    const [id = ""] = (selected ?? "").split("/");
    if (selected && id !== "start" && id !== "finish" && !pathOf(drawing, id)) setSelected(null);
  }, [drawing, selected]);
  useUndoKeys(desk, mayEdit);
  const bound = (drawing.document ?? {}) as Step;
  const about = words.documents.find((one) => one.system === bound.system && one.kind === bound.kind)?.label;
  const designing: Designing = { desk, words, faults, sentences, mayEdit, select: jump };
  return (
    <DesigningContext value={designing}>
      <div className="designer">
        <TopBar
          title={say(saving.version.title)}
          set={set}
          version={saving.version}
          saving={saving.state}
          faults={faults}
          mayEdit={mayEdit}
          tab={tab}
          onTab={setTab}
          onJump={jump}
        />
        <SavingNotice saving={saving} />
        <div className="designer-body">
          <div className="designer-canvas">
            <Canvas
              drawing={drawing}
              label={t("canvas")}
              sentences={sentences}
              faults={tab === "trial" ? {} : faultWords}
              marks={marks}
              selected={selected}
              onSelect={select}
              focus={focus}
              start={{ title: t("start"), says: about ?? String(bound.kind ?? "") }}
              {...(edit ? { edit } : {})}
            />
          </div>
          <Side
            tab={tab}
            onTab={setTab}
            selected={selected}
            edit={edit}
            isWide={isWide}
            trial={trial}
            saving={saving}
            set={set}
            onJump={jump}
          />
        </div>
      </div>
    </DesigningContext>
  );
}

const WIDE = "(min-width: 992px)";

/** Drawing needs room: on a phone the picture is there to be read. */
function useIsWide(): boolean {
  const [isWide, setWide] = useState(() => matchMedia(WIDE).matches);
  useEffect(() => {
    const query = matchMedia(WIDE);
    const told = () => setWide(query.matches);
    query.addEventListener("change", told);
    return () => query.removeEventListener("change", told);
  }, []);
  return isWide;
}
