import { PlusOutlined, UploadOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
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
import { ImportDialog } from "./ImportDialog.tsx";
import { NewTableDialog } from "./NewTableDialog.tsx";
import { hitsQuery, isOpen, type RuleSet, tablesQuery } from "./queries.ts";
import { StageTag } from "./StageTag.tsx";
import { useNames } from "./usePeople.ts";

/** Every rule table: what is in force, and what somebody is working on. */
export function TablesPage() {
  const { t } = useTranslation("rules");
  const may = useMay();
  const isPhone = useWidth() === "phone"; // writing tables is for computers
  const { data, error } = useQuery(tablesQuery);
  const [isNew, setNew] = useState(false);
  const [isImport, setImport] = useState(false);
  const acts =
    may("rules") && !isPhone ? (
      <>
        <Button icon={<UploadOutlined />} onClick={() => setImport(true)}>
          {t("importFile")}
        </Button>
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setNew(true)}>
          {t("newTable")}
        </Button>
      </>
    ) : null;
  return (
    <>
      <PageHead title={t("title")} says={t("says")}>
        {acts}
      </PageHead>
      {error ? <Refusal error={error} /> : data ? <Tables sets={data} /> : <Loading />}
      {isNew ? (
        <NewTableDialog taken={data?.map((one) => one.key) ?? []} onClose={() => setNew(false)} />
      ) : null}
      {isImport ? <ImportDialog onClose={() => setImport(false)} /> : null}
    </>
  );
}

function Tables({ sets }: { sets: RuleSet[] }) {
  const { t } = useTranslation("rules");
  if (!sets.length) return <Empty title={t("noTables")} says={t("noTablesSay")} />;
  return (
    <ul className="table-list">
      {sets.map((set) => (
        <li key={set.key} className="card">
          <One set={set} />
        </li>
      ))}
    </ul>
  );
}

function One({ set }: { set: RuleSet }) {
  const { t } = useTranslation("rules");
  const say = useLabel();
  const name = useNames();
  const inForce = set.versions.find((one) => one.in_force);
  const others = set.versions.filter(
    (one) => isOpen(one.stage) || (one.stage === "published" && !one.in_force),
  );
  const hits = useQuery({ ...hitsQuery(set.key), enabled: set.in_force !== null });
  return (
    <>
      <div className="table-name">
        <Link to={`/rules/${set.key}`}>
          <strong>{say(set.title)}</strong>
        </Link>
        <small className="muted">{set.key}</small>
      </div>
      <div className="table-tags">
        {inForce ? <StageTag stage={inForce.stage} inForce version={inForce.version} /> : null}
        {others.map((one) => (
          <Link key={one.version} to={`/rules/${set.key}?version=${one.version}`}>
            <StageTag stage={one.stage} inForce={false} version={one.version} />
          </Link>
        ))}
      </div>
      <div className="muted table-facts">
        {inForce?.published_at ? (
          <span>
            {t("publishedBy", { name: name(inForce.published_by) })} <When at={inForce.published_at} />
          </span>
        ) : (
          <span>{t("neverPublished")}</span>
        )}
        {hits.data ? (
          <span>
            {t("decided", { count: hits.data.n, days: hits.data.days })}
            {hits.data.unanswered ? (
              <b className="bad"> {t("unanswered", { count: hits.data.unanswered })}</b>
            ) : null}
          </span>
        ) : null}
      </div>
    </>
  );
}
