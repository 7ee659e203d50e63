import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLabel } from "../../../app/label.ts";
import { Dwell } from "../../../ui/Dwell.tsx";
import { StateTag } from "../../../ui/StatusTag.tsx";
import { ActDialog } from "../acts/ActDialog.tsx";
import { ofRepair, type Proposal } from "../acts/acts.ts";
import type { InstanceView, Stuck } from "../asked.ts";
import "./causes.css";

interface Props {
  instance: InstanceView;
  causes: Stuck["causes"];
}

/** Why an instance does not move, each reason in words with since when, and the repairs that may help. */
export function Causes({ instance, causes }: Props) {
  const { t } = useTranslation("trace");
  const say = useLabel();
  const [proposal, propose] = useState<Proposal>();
  return (
    <>
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
                  onClick={() => propose(ofRepair(repair))}
                >
                  {t(`acts.${repair.act}.name`)}
                </Button>
              ))}
            </div>
          </li>
        ))}
      </ul>
      {proposal ? (
        <ActDialog instance={instance} proposal={proposal} onClose={() => propose(undefined)} />
      ) : null}
    </>
  );
}
