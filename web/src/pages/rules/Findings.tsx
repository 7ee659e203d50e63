import { CheckCircleFilled, CloseCircleFilled, InfoCircleFilled, WarningFilled } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useLabel } from "../../app/label.ts";
import type { Mending } from "../../table/steps.ts";
import { Refusal } from "../../ui/Refusal.tsx";
import type { Finding, Study } from "./useStudy.ts";

const SHOWN = 3;
const ICONS = { error: CloseCircleFilled, warning: WarningFilled, note: InfoCircleFilled };

interface Acts {
  chosen: Finding | null;
  editable: boolean;
  onShow: (finding: Finding | null) => void;
  onTry: (finding: Finding) => void;
  onMend: (mending: Mending) => void;
}

/** What was found, the worst first; each with an example, its place in the grid, and what would mend it. */
export function Findings({ study, ...acts }: { study: Study } & Acts) {
  const { t } = useTranslation("rules");
  const [isWhole, setWhole] = useState(false);
  if (study.error) return <Refusal error={study.error} />;
  if (!study.studied) return <p className="muted">{t("checking")}</p>;
  const all = study.studied.findings;
  const urgent = all.filter((one) => one.weight !== "note");
  const shown = isWhole ? all : urgent.slice(0, SHOWN);
  const more = all.length - shown.length;
  return (
    <section aria-label={t("findings")} className="findings">
      {urgent.some((one) => one.weight === "error") ? null : (
        <p className="finding good">
          <CheckCircleFilled />
          <span>{t("nothingWrong")}</span>
        </p>
      )}
      {shown.map((one) => (
        <One key={`${one.sort} ${one.text.zh}`} finding={one} {...acts} />
      ))}
      {more > 0 || isWhole ? (
        <Button type="link" size="small" className="findings-more" onClick={() => setWhole(!isWhole)}>
          {isWhole ? t("fewer") : t("moreFindings", { count: more })}
        </Button>
      ) : null}
    </section>
  );
}

function One({ finding, chosen, editable, onShow, onTry, onMend }: { finding: Finding } & Acts) {
  const { t } = useTranslation("rules");
  const say = useLabel();
  const Icon = ICONS[finding.weight];
  const isChosen = chosen?.text.zh === finding.text.zh;
  const hasPlace = (finding.rows?.length ?? 0) > 0;
  return (
    <div className={`finding ${finding.weight}`} role={finding.weight === "error" ? "alert" : undefined}>
      <Icon aria-label={t(`weights.${finding.weight}`)} />
      <div className="finding-text">
        <span>{say(finding.text)}</span>
        {finding.example ? (
          <small className="muted">{t("example", { example: say(finding.example) })}</small>
        ) : null}
      </div>
      <div className="finding-acts">
        {finding.sort === "failed_case" ? (
          <Link to="?tab=cases" className="finding-link">
            {t("seeCases")}
          </Link>
        ) : null}
        {hasPlace ? (
          <Button
            size="small"
            type="text"
            aria-pressed={isChosen}
            onClick={() => onShow(isChosen ? null : finding)}
          >
            {t("showPlace")}
          </Button>
        ) : null}
        {finding.witness ? (
          <Button size="small" type="text" onClick={() => onTry(finding)}>
            {t("tryIt")}
          </Button>
        ) : null}
        {editable
          ? finding.mendings?.map((mending) => (
              <Button key={mending.title.zh} size="small" onClick={() => onMend(mending)}>
                {say(mending.title)}
              </Button>
            ))
          : null}
      </div>
    </div>
  );
}
