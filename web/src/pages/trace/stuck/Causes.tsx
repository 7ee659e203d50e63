import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useLabel } from "../../../app/label.ts";
import { Dwell } from "../../../ui/Dwell.tsx";
import { StateTag } from "../../../ui/StatusTag.tsx";
import { ofRepair, type Proposal } from "../acts/acts.ts";
import type { Stuck } from "../asked.ts";
import "./causes.css";

interface Props {
  causes: Stuck["causes"];
  /** Whoever asks shows the dialog: the cause is gone once it is mended, and the outcome must be seen. */
  onPropose: (proposal: Proposal) => void;
}

/** Why an instance does not move, each reason in words with since when, and the repairs that may help. */
export function Causes({ causes, onPropose }: Props) {
  const { t } = useTranslation("trace");
  const say = useLabel();
  return (
    <ul className="trace-causes">
      {causes.map((why) => (
        <li key={`${why.cause}${why.task}${why.since}`}>
          <div className="trace-cause-said">
            <StateTag of="cause" state={why.cause} />
            <span>{say(why.text)}</span>
            <span className="muted">
              {t("stuck.since")} <Dwell since={why.since} />
            </span>
          </div>
          <div className="trace-cause-repairs">
            {(why.repairs ?? []).map((repair) => (
              <Button
                key={`${repair.act}${repair.task}${repair.effect}`}
                size="small"
                onClick={() => onPropose(ofRepair(repair))}
              >
                {t(`acts.${repair.act}.name`)}
              </Button>
            ))}
          </div>
        </li>
      ))}
    </ul>
  );
}
