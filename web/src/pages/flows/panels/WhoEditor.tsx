import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import type { Step } from "../../../flow/model.ts";
import { useDesigning, useDrawing } from "../designing.ts";
import { begun, isMany, WAYS, type Way, wayOf, whoList } from "../who.ts";
import { Group } from "./Field.tsx";
import { Pick } from "./Pick.tsx";
import { WhoDetails } from "./WhoDetails.tsx";
import { WhoValue } from "./WhoValue.tsx";

interface Props {
  node: string;
  label: string;
  value: Step["who"];
  onChange: (who: Step["who"]) => void;
  /** Only one can be said. */
  single?: boolean;
}

/** Who does something, by duty: one or several ways of saying it. */
export function WhoEditor({ node, label, value, onChange, single = false }: Props) {
  const { t } = useTranslation("flows");
  const said = whoList(value);
  const rows = said.length ? said : [{}];
  const put = (index: number, who: Step) => {
    const next = rows.map((one, number) => (number === index ? who : one));
    onChange(single ? next[0] : next);
  };
  return (
    <Group label={label} node={node} field={single ? "assignee" : "who"}>
      {rows.map((who, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they have no names, only an order
        <div className="who" key={index}>
          <WhoRow who={who} onChange={(next) => put(index, next)} />
          {said.length > 1 ? (
            <Button
              size="small"
              type="text"
              icon={<DeleteOutlined aria-hidden="true" />}
              aria-label={t("who.remove")}
              onClick={() => onChange(rows.filter((_, number) => number !== index))}
            />
          ) : null}
        </div>
      ))}
      {single || !said.length ? null : (
        <Button
          size="small"
          icon={<PlusOutlined aria-hidden="true" />}
          onClick={() => onChange([...rows, {}])}
        >
          {t("who.more")}
        </Button>
      )}
    </Group>
  );
}

export function WhoRow({ who, onChange }: { who: Step; onChange: (who: Step) => void }) {
  const { t } = useTranslation("flows");
  const drawing = useDrawing();
  const { mayEdit } = useDesigning();
  const way = wayOf(who) ?? pickedWay(who);
  const applicant = String(((drawing.document ?? {}) as Step).initiator || "applicant");
  return (
    <div className="who-row">
      <Pick
        label={t("who.way")}
        value={way ?? undefined}
        placeholder={t("who.pick")}
        choices={WAYS.map((one) => ({ value: one, label: t(`who.ways.${one}`) }))}
        onPick={(picked) => picked && onChange(begun(picked as Way, applicant))}
      />
      {way ? <WhoValue way={way} who={who} onChange={onChange} /> : null}
      {mayEdit && isMany(way) ? <WhoDetails who={who} onChange={onChange} /> : null}
    </div>
  );
}

/** A way whose value is still to come. */
function pickedWay(who: Step): Way | null {
  return WAYS.find((way) => who[way] === "") ?? null;
}
