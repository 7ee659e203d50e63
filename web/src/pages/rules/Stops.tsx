import { CheckCircleFilled, CloseCircleFilled } from "@ant-design/icons";
import { Checkbox } from "antd";
import { useTranslation } from "react-i18next";
import type { Schemas } from "../../api/client.ts";
import { useLabel } from "../../app/label.ts";

interface Props {
  stops: Schemas["Stop"][];
  acknowledged: string[];
  /** Left out where there is nothing to acknowledge any more. */
  onAcknowledge: ((what: string[]) => void) | undefined;
}

/** What still stands in the way, each with what to do next. */
export function Stops({ stops, acknowledged, onAcknowledge }: Props) {
  const { t } = useTranslation("rules");
  const say = useLabel();
  const isKnown = acknowledged.includes("default");
  const asksDefault = isKnown || stops.some((one) => one.code === "default_not_acknowledged");
  return (
    <>
      {stops.length ? (
        <ul className="stops" aria-label={t("stops")}>
          {stops.map((one) => (
            <li key={one.code}>
              <CloseCircleFilled className="bad" />
              <div className="stop">
                <span>{say(one.message)}</span>
                <small className="muted">{t(`next.${one.code}`, "")}</small>
              </div>
            </li>
          ))}
        </ul>
      ) : (
        <p className="finding good">
          <CheckCircleFilled /> <span>{t("noStops")}</span>
        </p>
      )}
      {asksDefault ? (
        <Checkbox
          checked={isKnown}
          disabled={!onAcknowledge}
          onChange={(event) => onAcknowledge?.(event.target.checked ? ["default"] : [])}
        >
          {t("acknowledgeDefault")}
        </Checkbox>
      ) : null}
    </>
  );
}
