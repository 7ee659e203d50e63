import { PlusOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Checkbox } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay, useSession } from "../../../app/session.ts";
import { Loading } from "../../../ui/Loading.tsx";
import { PageHead } from "../../../ui/PageHead.tsx";
import { Refusal } from "../../../ui/Refusal.tsx";
import { absencesQuery } from "../queries.ts";
import { AbsenceEditor } from "./AbsenceEditor.tsx";
import { AbsenceList } from "./AbsenceList.tsx";

/** Who is away and who acts meanwhile: one's own, and everybody's for those who see all. */
export function AbsencesPage({ own = false }: { own?: boolean }) {
  const { t } = useTranslation("people");
  const { person, reach } = useSession();
  const may = useMay();
  const [past, setPast] = useState(false);
  const [isAdding, setAdding] = useState(false);
  const mine = own || !reach.everything;
  const { data, error } = useQuery(absencesQuery(mine ? person.id : undefined, past));
  return (
    <>
      <PageHead title={t(mine ? "absence.mine" : "absence.title")} says={t("absence.says")}>
        {may("act", "admin") ? (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
            {t("absence.add")}
          </Button>
        ) : null}
      </PageHead>
      <section className="card">
        <div className="directory-filter">
          <Checkbox checked={past} onChange={(event) => setPast(event.target.checked)}>
            {t("absence.past")}
          </Checkbox>
        </div>
        {error ? <Refusal error={error} /> : data ? <AbsenceList absences={data} /> : <Loading />}
      </section>
      {isAdding ? <AbsenceEditor forOthers={may("admin") && !own} onClose={() => setAdding(false)} /> : null}
    </>
  );
}
