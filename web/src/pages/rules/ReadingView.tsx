import { useTranslation } from "react-i18next";
import type { Label } from "../../api/client.ts";
import type { Lexicon } from "../../table/lexicon.ts";
import type { Marks } from "../../table/marks.ts";
import type { Table } from "../../table/model.ts";
import { heldAt, noteIn, type Slot } from "../../table/slots.ts";

interface Props {
  table: Table;
  slots: Slot[];
  lexicon: Lexicon;
  marks: Marks;
  say: (label: Label) => string;
}

/** The rules as sentences, one card a row: for phones, where nothing is edited. */
export function ReadingView({ table, slots, lexicon, marks, say }: Props) {
  const { t, i18n } = useTranslation("rules");
  const said = (row: number, slot: Slot): string => {
    const held = heldAt(table, row, slot);
    const words = lexicon.says(slot, held);
    return words ? say(words) : typeof held === "string" ? held : t("empty");
  };
  const whens = slots.filter((slot) => slot.kind === "when");
  const thens = slots.filter((slot) => slot.kind === "then");
  return (
    <ol className="reading">
      {table.rows.map((row, place) => (
        <li key={row.id} className={marks.hit.has(row.id) ? "card hit" : "card"}>
          <strong>{t("rowOf", { row: place + 1 })}</strong>
          <p>
            {t("if")}{" "}
            {whens
              .filter((slot) => row.when[slot.key])
              .map((slot) => `${say(slot.column.title)} ${said(place, slot)}`)
              .join(t("and")) || t("always")}
          </p>
          <p>
            {t("then")} <b>{thens.map((slot) => said(place, slot)).join(t("comma"))}</b>
          </p>
          {row.note ? <p className="muted">{noteIn(row.note, i18n.language === "en")}</p> : null}
        </li>
      ))}
      {table.default && !Array.isArray(table.default) ? (
        <li className={marks.byDefault ? "card hit" : "card"}>
          <strong>{t("otherwise")}</strong>
          <p>
            {t("then")} <b>{thens.map((slot) => said(table.rows.length, slot)).join(t("comma"))}</b>
          </p>
        </li>
      ) : null}
    </ol>
  );
}
