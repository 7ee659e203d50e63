import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Popconfirm } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { api, told } from "../../api/client.ts";
import { useLabel } from "../../app/label.ts";
import { useMay } from "../../app/session.ts";
import { When } from "../../ui/Dwell.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { Refusal } from "../../ui/Refusal.tsx";
import { differencesQuery, isOpen, type RuleSet, type VersionLine } from "./queries.ts";
import { StageTag } from "./StageTag.tsx";
import type { Version } from "./useDocument.ts";
import { useDraftFrom } from "./useDraftFrom.ts";
import { useNames } from "./usePeople.ts";

interface Props {
  set: RuleSet;
  version: Version;
}

/** Every version, who wrote, approved and published it, and what it changed. */
export function VersionsTab({ set, version }: Props) {
  const { t } = useTranslation("rules");
  return (
    <ul className="version-list" aria-label={t("tabs.versions")}>
      {set.versions.map((line) => (
        <li
          key={line.version}
          className={line.version === version.version ? "card version current" : "card version"}
        >
          <One set={set} line={line} />
        </li>
      ))}
    </ul>
  );
}

function One({ set, line }: { set: RuleSet; line: VersionLine }) {
  const { t } = useTranslation("rules");
  const may = useMay();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [isCompared, setCompared] = useState(false);
  const drafting = useDraftFrom(set.key);
  const retiring = useMutation({
    mutationFn: () =>
      told(
        api.POST("/api/v1/rules/{key}/versions/{number}/retire", {
          params: { path: { key: set.key, number: line.version } },
        }),
      ),
    onSuccess: () => {
      void message.success(t("retired"));
      return client.invalidateQueries({ queryKey: ["rules"] });
    },
  });
  const back = () =>
    drafting.mutate(line.version, {
      onSuccess: (made) => navigate(`/rules/${set.key}?version=${made.version}`),
    });
  return (
    <>
      <div className="version-head">
        <Link to={`/rules/${set.key}?version=${line.version}`}>
          <StageTag stage={line.stage} inForce={line.in_force} version={line.version} />
        </Link>
        <Facts line={line} />
        <div className="version-acts">
          <Button size="small" aria-expanded={isCompared} onClick={() => setCompared(!isCompared)}>
            {t("compare")}
          </Button>
          {may("rules") && !isOpen(line.stage) ? (
            <Button size="small" loading={drafting.isPending} onClick={back}>
              {line.in_force ? t("newVersion") : t("backTo")}
            </Button>
          ) : null}
          {may("rules_approve") && line.stage === "published" ? (
            <Popconfirm title={t("retireAsk")} onConfirm={() => retiring.mutate()}>
              <Button size="small" danger loading={retiring.isPending}>
                {line.in_force ? t("retire") : t("callOff")}
              </Button>
            </Popconfirm>
          ) : null}
        </div>
      </div>
      {line.notes ? <p className="version-notes">{line.notes}</p> : null}
      {isCompared ? <Compared set={set} number={line.version} /> : null}
      <Refusal error={drafting.error ?? retiring.error} />
    </>
  );
}

function Facts({ line }: { line: VersionLine }) {
  const { t } = useTranslation("rules");
  const name = useNames();
  return (
    <span className="muted version-facts">
      {t("writtenBy", { names: line.authors.map(name).join(t("comma")) })}
      {line.approver ? t("approvedBy", { name: name(line.approver) }) : null}
      {line.effective_from ? (
        <>
          {t("since")} <When at={line.effective_from} />
        </>
      ) : (
        <>
          {t("changedAt")} <When at={line.changed_at} />
        </>
      )}
    </span>
  );
}

/** What a version changed, sentence by sentence. */
export function Compared({ set, number }: { set: RuleSet; number: number }) {
  const { t } = useTranslation("rules");
  const say = useLabel();
  const { data, error } = useQuery(differencesQuery(set.key, number));
  if (error) return <Refusal error={error} />;
  if (!data) return <Loading />;
  if (data.since === null) return <p className="muted">{t("firstVersion")}</p>;
  if (!data.differences.length) return <p className="muted">{t("same", { version: data.since })}</p>;
  return (
    <>
      <p className="muted">{t("comparedWith", { version: data.since })}</p>
      <ul className="differences">
        {data.differences.map((one) => (
          <li key={one.text.zh} className={one.kind}>
            {say(one.text)}
          </li>
        ))}
      </ul>
    </>
  );
}
