import { PlusOutlined } from "@ant-design/icons";
import { useQueries, useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useLabel } from "../../app/label.ts";
import { useMay } from "../../app/session.ts";
import { useWidth } from "../../app/width.ts";
import { When } from "../../ui/Dwell.tsx";
import { Empty } from "../../ui/Empty.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { PageHead } from "../../ui/PageHead.tsx";
import { Refusal } from "../../ui/Refusal.tsx";
import { type ProcessSet, releasesQuery, setsQuery } from "./asking.ts";
import { Badge } from "./Badge.tsx";
import "./flows.css";
import { NewFlow } from "./NewFlow.tsx";

/** Every process: what is in force, what is being drawn, and how many instances run. */
export function FlowList() {
  const { t } = useTranslation("flows");
  const may = useMay();
  const isPhone = useWidth() === "phone"; // drawing is for computers
  const [isNew, setNew] = useState(false);
  const { data: sets, error, isPending } = useQuery(setsQuery);
  const running = useRunning(sets ?? []);
  return (
    <>
      <PageHead title={t("list.title")} says={t("list.says")}>
        {may("processes") && !isPhone ? (
          <Button type="primary" icon={<PlusOutlined aria-hidden="true" />} onClick={() => setNew(true)}>
            {t("list.new")}
          </Button>
        ) : null}
      </PageHead>
      <Refusal error={error} />
      {isPending ? <Loading /> : null}
      {sets?.length === 0 ? <Empty title={t("list.none")} says={t("list.noneSays")} /> : null}
      <ul className="flow-list">
        {sets?.map((one) => (
          <FlowLine key={one.key} set={one} running={running[one.key]} />
        ))}
      </ul>
      {isNew ? <NewFlow taken={(sets ?? []).map((one) => one.key)} onClose={() => setNew(false)} /> : null}
    </>
  );
}

function FlowLine({ set, running }: { set: ProcessSet; running: number | undefined }) {
  const { t } = useTranslation("flows");
  const say = useLabel();
  const [newest] = set.versions;
  const draft = newest && newest.stage !== "published" && newest.stage !== "retired" ? newest : null;
  return (
    <li className="card flow-row">
      <div>
        <Link to={set.key} className="flow-row-title">
          {say(set.title)}
        </Link>
        <p className="muted">{set.key}</p>
      </div>
      <div className="flow-row-tags">
        {set.in_force === null ? (
          <Badge>{t("list.notInForce")}</Badge>
        ) : (
          <Badge tone="good">{t("version.inForce", { version: set.in_force })}</Badge>
        )}
        {draft ? <Badge tone="warn">{t(`version.${draft.stage}`, { version: draft.version })}</Badge> : null}
      </div>
      <span className="number">{running === undefined ? null : t("list.running", { count: running })}</span>
      <span className="muted">{newest ? <When at={newest.changed_at} /> : null}</span>
    </li>
  );
}

/** How many instances of each process have not ended; known of those that were published. */
function useRunning(sets: readonly ProcessSet[]): Record<string, number | undefined> {
  const published = sets.filter((one) => one.versions.some((version) => version.release));
  const found = useQueries({ queries: published.map((one) => releasesQuery(one.key)) });
  return Object.fromEntries(
    published.map((one, index) => [
      one.key,
      found[index]?.data?.reduce((sum, release) => sum + release.running, 0),
    ]),
  );
}
