import { Grid as Breakpoints, Tabs } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { useMay } from "../../app/session.ts";
import { Lexicon } from "../../table/lexicon.ts";
import { at } from "../../table/selection.ts";
import { slotsOf } from "../../table/slots.ts";
import { BacktestTab } from "./BacktestTab.tsx";
import { BoundariesTab } from "./BoundariesTab.tsx";
import { CasesTab } from "./CasesTab.tsx";
import { isOpen, type RuleSet } from "./queries.ts";
import { RulesTab } from "./RulesTab.tsx";
import { useDocument, type Version } from "./useDocument.ts";
import { useStudy } from "./useStudy.ts";
import { VersionsTab } from "./VersionsTab.tsx";
import { WorkbenchHead } from "./WorkbenchHead.tsx";

interface Props {
  set: RuleSet;
  version: Version;
  onReload: () => void;
}

export type Panel = { kind: "try" } | { kind: "publish" } | { kind: "column"; key: string | null };

/** One version of a table with everything that is done to it. */
export function Workbench({ set, version, onReload }: Props) {
  const { t } = useTranslation("rules");
  const may = useMay();
  const isWide = Breakpoints.useBreakpoint().md ?? true;
  const [search, setSearch] = useSearchParams();
  const doc = useDocument(version);
  const lexicon = useMemo(() => new Lexicon(), []);
  const [acknowledged, setAcknowledged] = useState(version.acknowledged.map((one) => one.what ?? ""));
  const study = useStudy(doc.table, acknowledged, lexicon);
  const [panel, setPanel] = useState<Panel>({ kind: "try" });
  const [inputs, setInputs] = useState<Record<string, unknown>>({});
  const [selection, setSelection] = useState(() => at(0, 0));
  const [withDays, setWithDays] = useState(false);
  const slots = useMemo(() => slotsOf(doc.table, withDays), [doc.table, withDays]);
  const editable = isWide && may("rules") && isOpen(version.stage);
  const tab = search.get("tab") ?? "rules";
  const go = (key: string) =>
    setSearch((now) => {
      now.set("tab", key);
      return now;
    });
  const shared = { doc, study, lexicon, editable, version };
  const counted = (name: string, count: number) =>
    count ? `${t(`tabs.${name}`)} ${count}` : t(`tabs.${name}`);

  return (
    <div className="workbench">
      <WorkbenchHead
        {...{ set, version, doc, study, editable, isWide, onReload }}
        isPublishing={panel.kind === "publish" && tab === "rules"}
        onPublish={() => {
          go("rules");
          setPanel({ kind: "publish" });
        }}
      />
      <Tabs
        activeKey={tab}
        tabBarGutter={isWide ? 32 : 16}
        onChange={go}
        items={[
          {
            key: "rules",
            label: t("tabs.rules"),
            children: (
              <RulesTab
                {...shared}
                {...{ set, isWide, panel, inputs, selection, slots, withDays, acknowledged }}
                onPanel={setPanel}
                onInputs={setInputs}
                onSelect={setSelection}
                onWithDays={setWithDays}
                onAcknowledge={setAcknowledged}
              />
            ),
          },
          {
            key: "cases",
            label: counted("cases", doc.table.cases.length),
            children: <CasesTab {...shared} />,
          },
          { key: "boundaries", label: t("tabs.boundaries"), children: <BoundariesTab {...shared} /> },
          ...(isWide && may("rules", "rules_approve")
            ? [
                {
                  key: "backtest",
                  label: t("tabs.backtest"),
                  children: <BacktestTab set={set} {...shared} />,
                },
              ]
            : []),
          {
            key: "versions",
            label: counted("versions", set.versions.length),
            children: <VersionsTab set={set} version={version} />,
          },
        ]}
      />
    </div>
  );
}
