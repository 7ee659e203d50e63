import { Alert } from "antd";
import { useTranslation } from "react-i18next";
import type { Schemas } from "../../../api/client.ts";
import { useLabel } from "../../../app/label.ts";

/** What became of an act: the verdict, and the server's own words. */
export function OutcomeSaid({ outcome }: { outcome: Schemas["Outcome"] }) {
  const { t } = useTranslation("trace");
  const say = useLabel();
  const verdict = outcome.verdict ?? "pending";
  const isGood = verdict === "accepted" || verdict === "duplicate";
  return (
    <Alert
      className="trace-act-outcome"
      role="status"
      showIcon
      type={isGood ? "success" : verdict === "pending" ? "info" : "warning"}
      title={t(`verdicts.${verdict}`)}
      description={say(outcome.message)}
    />
  );
}
