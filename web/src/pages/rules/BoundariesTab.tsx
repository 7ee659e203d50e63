import { CheckOutlined } from "@ant-design/icons";
import { Button, Checkbox } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "../../api/client.ts";
import { useLabel } from "../../app/label.ts";
import type { Case, Table } from "../../table/model.ts";
import { Empty } from "../../ui/Empty.tsx";
import { expectationOf } from "./CasesTab.tsx";
import type { Document } from "./useDocument.ts";
import type { Study } from "./useStudy.ts";
import { askedFor } from "./useTrial.ts";

interface Props {
  doc: Document;
  study: Study;
  editable: boolean;
}

type Boundary = Schemas["BoundaryShown"];

/** What the table answers just below, at and just above each bound: what the owner signs off becomes a case. */
export function BoundariesTab({ doc, study, editable }: Props) {
  const { t } = useTranslation("rules");
  const say = useLabel();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const all = study.studied?.boundaries ?? [];
  if (!all.length) return <Empty title={t("noBoundaries")} says={t("noBoundariesSays")} />;
  const open = all.filter((one) => !isSigned(doc.table, one));
  const toggle = (key: string) => {
    const next = new Set(chosen);
    if (!next.delete(key)) next.add(key);
    setChosen(next);
  };
  function sign() {
    const cases = open.filter((one) => chosen.has(keyOf(one))).map((one) => asCase(doc.table, one));
    doc.change({ ...doc.table, cases: [...doc.table.cases, ...cases] });
    setChosen(new Set());
  }
  return (
    <section>
      <p className="muted">{t("boundariesSay")}</p>
      {editable ? (
        <div className="row-tools">
          <Checkbox
            checked={open.length > 0 && chosen.size === open.length}
            indeterminate={chosen.size > 0 && chosen.size < open.length}
            disabled={!open.length}
            onChange={(event) => setChosen(new Set(event.target.checked ? open.map(keyOf) : []))}
          >
            {t("allOpen", { count: open.length })}
          </Checkbox>
          <Button icon={<CheckOutlined />} disabled={!chosen.size} onClick={sign}>
            {t("sign", { count: chosen.size })}
          </Button>
        </div>
      ) : null}
      <div className="wide-table">
        <table className="plain-table card">
          <thead>
            <tr>
              <th>{t("signed")}</th>
              <th>{t("given")}</th>
              <th>{t("answered")}</th>
            </tr>
          </thead>
          <tbody>
            {all.map((one) => (
              <tr key={keyOf(one)}>
                <td>
                  {isSigned(doc.table, one) ? (
                    <CheckOutlined className="good" aria-label={t("signed")} />
                  ) : (
                    <Checkbox
                      aria-label={say(one.situation)}
                      disabled={!editable}
                      checked={chosen.has(keyOf(one))}
                      onChange={() => toggle(keyOf(one))}
                    />
                  )}
                </td>
                <td>{say(one.situation)}</td>
                <td className={one.case.status === "OK" ? "" : "bad"}>{say(one.answer)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

const keyOf = (one: Boundary): string => JSON.stringify([one.case.inputs, one.case.on ?? null]);

function isSigned(table: Table, one: Boundary): boolean {
  const { inputs, on } = asCase(table, one);
  const same = (known: Case) =>
    askedFor(table).every(({ key }) => String(known.inputs[key]) === String(inputs[key]));
  return table.cases.some((known) => same(known) && (known.on ?? null) === (on ?? null));
}

/** Columns that are worked out are no inputs of a case. */
function asCase(table: Table, { case: told }: Boundary): Case {
  const inputs = Object.fromEntries(askedFor(table).map(({ key }) => [key, told.inputs[key]]));
  const expect = expectationOf({
    status: told.status,
    rows: told.rows,
    outcome: told.outcome,
    used_default: told.used_default ?? false,
  });
  return { inputs, expect, ...(told.on ? { on: told.on } : {}) };
}
