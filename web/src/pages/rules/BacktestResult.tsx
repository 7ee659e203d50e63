import { useTranslation } from "react-i18next";
import type { Label, Schemas } from "../../api/client.ts";
import { useLabel } from "../../app/label.ts";
import { Money } from "../../ui/Money.tsx";
import type { Document } from "./useDocument.ts";

type Compared = Schemas["Compared"];

/** How many answers change, from which rows to which and for how much money, and examples to open. */
export function BacktestResult({ result, names, doc }: { result: Compared; names: Label[]; doc: Document }) {
  const { t } = useTranslation("rules");
  const answer = useAnswer(doc);
  return (
    <div className="backtest-result">
      <dl className="figures">
        <Figure title={t("casesAsked")} value={result.n} />
        <Figure title={t("casesChanged")} value={result.changed} isStriking={result.changed > 0} />
        {result.at_stake ? (
          <div>
            <dt>{t("atStake")}</dt>
            <dd>
              <Money amount={result.at_stake} unit={t(`units.${result.unit}`, result.unit ?? "")} />
            </dd>
          </div>
        ) : null}
        {result.decided ? (
          <Figure title={t("reproduced")} value={`${result.reproduced} / ${result.decided}`} />
        ) : null}
      </dl>
      {result.matrix.length ? (
        <>
          <h3>{t("matrix")}</h3>
          <div className="wide-table">
            <table className="plain-table">
              <thead>
                <tr>
                  <th>{t("before")}</th>
                  <th>{t("after")}</th>
                  <th className="figure">{t("cases")}</th>
                  {result.amount ? <th className="figure">{t("amount")}</th> : null}
                </tr>
              </thead>
              <tbody>
                {result.matrix.map((one) => (
                  <tr key={`${one.old} ${one.new}`}>
                    <td>{answer(one.old)}</td>
                    <td>{answer(one.new)}</td>
                    <td className="figure">{one.n}</td>
                    {result.amount ? (
                      <td className="figure">{one.amount ? <Money amount={one.amount} /> : null}</td>
                    ) : null}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      ) : (
        <p className="good">{t("nothingChanges")}</p>
      )}
      {result.load.length ? <Load result={result} names={names} /> : null}
      {result.samples.length ? <Samples result={result} doc={doc} /> : null}
    </div>
  );
}

function Figure({
  title,
  value,
  isStriking,
}: {
  title: string;
  value: number | string;
  isStriking?: boolean;
}) {
  return (
    <div>
      <dt>{title}</dt>
      <dd className={isStriking ? "number striking" : "number"}>{value}</dd>
    </div>
  );
}

function Load({ result, names }: { result: Compared; names: Label[] }) {
  const say = useLabel();
  const { t } = useTranslation("rules");
  return (
    <>
      <h3>{t("load")}</h3>
      <div className="wide-table">
        <table className="plain-table">
          <thead>
            <tr>
              <th>{t("whoIsAsked")}</th>
              <th className="figure">{t("before")}</th>
              <th className="figure">{t("after")}</th>
            </tr>
          </thead>
          <tbody>
            {result.load.map((one, place) => (
              <tr key={one.who}>
                <td>{names[place] ? say(names[place]) : one.who}</td>
                <td className="figure">{one.old}</td>
                <td className="figure">{one.new}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function Samples({ result, doc }: { result: Compared; doc: Document }) {
  const { t } = useTranslation("rules");
  const answer = useAnswer(doc);
  return (
    <>
      <h3>{t("samples")}</h3>
      {result.samples.map((one) => (
        <details key={one.id}>
          <summary>{t("sample", { before: answer(one.old), after: answer(one.new) })}</summary>
          <dl className="case-facts">
            {Object.entries(one.inputs).map(([key, value]) => (
              <div key={key} className="fact">
                <dt>{key}</dt>
                <dd>{String(value)}</dd>
              </div>
            ))}
          </dl>
        </details>
      ))}
    </>
  );
}

/** An answer of a backtest (rows by id, the default or a status) as people call it. */
function useAnswer(doc: Document): (said: string) => string {
  const { t } = useTranslation("rules");
  const numbers = new Map(doc.table.rows.map((row, place) => [row.id, place + 1]));
  return (said) => {
    if (said === "default") return t("otherwise");
    const rows = said.split(", ").map((id) => numbers.get(id));
    if (rows.every((one) => one !== undefined)) return t("rowOf", { row: rows.join(t("comma")) });
    return t(`statuses.${said}`, said);
  };
}
