import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useLabel } from "../../app/label.ts";
import { Grid } from "../../table/Grid.tsx";
import type { Lexicon } from "../../table/lexicon.ts";
import { marksOf } from "../../table/marks.ts";
import { readerOf } from "../../table/reading.ts";
import { at, type Selection } from "../../table/selection.ts";
import type { Slot } from "../../table/slots.ts";
import { mended } from "../../table/steps.ts";
import { ColumnPanel } from "./ColumnPanel.tsx";
import { Findings } from "./Findings.tsx";
import { PublishPanel } from "./PublishPanel.tsx";
import { hitsQuery, type RuleSet } from "./queries.ts";
import { ReadingView } from "./ReadingView.tsx";
import { RowTools } from "./RowTools.tsx";
import { TryPanel } from "./TryPanel.tsx";
import type { Document, Version } from "./useDocument.ts";
import type { Finding, Study } from "./useStudy.ts";
import { useTrial } from "./useTrial.ts";
import type { Panel } from "./Workbench.tsx";

interface Props {
  set: RuleSet;
  version: Version;
  doc: Document;
  study: Study;
  lexicon: Lexicon;
  editable: boolean;
  isWide: boolean;
  panel: Panel;
  inputs: Record<string, unknown>;
  selection: Selection;
  slots: Slot[];
  withDays: boolean;
  acknowledged: string[];
  onPanel: (panel: Panel) => void;
  onInputs: (inputs: Record<string, unknown>) => void;
  onSelect: (selection: Selection) => void;
  onWithDays: (withDays: boolean) => void;
  onAcknowledge: (what: string[]) => void;
}

/** The rules themselves: what is wrong with them above, the grid, and a panel beside it. */
export function RulesTab(props: Props) {
  const { set, doc, study, lexicon, slots, editable, isWide, panel, inputs, selection, onSelect, onPanel } =
    props;
  const [chosen, setChosen] = useState<Finding | null>(null);
  const say = useLabel();
  const trial = useTrial(doc.table, inputs);
  const hits = useQuery({ ...hitsQuery(set.key), enabled: set.in_force !== null });
  const marks = useMemo(
    () => marksOf(study.studied?.findings ?? [], chosen, trial.tried?.explanation ?? null),
    [study.studied, chosen, trial.tried],
  );
  const read = useMemo(() => readerOf(doc.table, lexicon, slots), [doc.table, lexicon, slots]);

  function show(finding: Finding | null) {
    setChosen(finding);
    const row = doc.table.rows.findIndex((one) => one.id === finding?.rows?.[0]);
    const col = slots.findIndex((one) => one.key === finding?.columns?.[0]);
    if (row >= 0) onSelect(at(row, Math.max(0, col)));
  }

  return (
    <div className={isWide ? "rules-tab" : "rules-tab narrow"}>
      <div className="rules-main">
        <Findings
          study={study}
          chosen={chosen}
          editable={editable}
          onShow={show}
          onTry={(finding) => {
            props.onInputs({ ...(finding.witness ?? {}) });
            onPanel({ kind: "try" });
          }}
          onMend={(mending) => {
            doc.change(mended(doc.table, mending));
            setChosen(null);
          }}
        />
        {isWide ? (
          <>
            <RowTools
              {...{ doc, selection, onSelect, editable, onPanel }}
              withDays={props.withDays}
              onWithDays={props.onWithDays}
            />
            <Grid
              {...{ slots, lexicon, marks, read, editable, selection, onSelect }}
              table={doc.table}
              learnt={study.studied}
              hits={hits.data?.n ? hits.data.rows : null}
              onChange={doc.change}
              onColumn={(key) => onPanel({ kind: "column", key })}
              onUndo={doc.undo}
              onRedo={doc.redo}
            />
          </>
        ) : (
          <ReadingView table={doc.table} slots={slots} lexicon={lexicon} marks={marks} say={say} />
        )}
      </div>
      <aside className="rules-side card">
        {panel.kind === "publish" ? (
          <PublishPanel
            {...{ set, doc, study, acknowledged: props.acknowledged, version: props.version }}
            onAcknowledge={props.onAcknowledge}
            onClose={() => onPanel({ kind: "try" })}
          />
        ) : panel.kind === "column" ? (
          <ColumnPanel
            key={panel.key ?? "table"}
            doc={doc}
            column={panel.key}
            onClose={() => onPanel({ kind: "try" })}
          />
        ) : (
          <TryPanel {...{ doc, trial, inputs, editable }} onInputs={props.onInputs} />
        )}
      </aside>
    </div>
  );
}
