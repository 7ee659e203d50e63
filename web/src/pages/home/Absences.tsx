import { SwapOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, told } from "../../api/client.ts";
import { useSession } from "../../app/session.ts";
import { When } from "../../ui/Dwell.tsx";
import { isNow } from "./now.ts";

/** Who acts for the person now, and for whom they act. */
export function Absences() {
  const { t } = useTranslation("home");
  const { person } = useSession();
  const { data = [] } = useQuery({
    queryKey: ["absences", person.id],
    queryFn: () => told(api.GET("/api/v1/absences", { params: { query: { person: person.id } } })),
    staleTime: 60_000,
  });
  const now = data.filter(({ absence }) => isNow(absence, Date.now()));
  if (!now.length) return null;
  return (
    <ul className="absences">
      {now.map(({ absence, agent_name, principal_name }) => (
        <li key={absence.id} className="absence">
          <SwapOutlined aria-hidden="true" />
          <span>
            {absence.principal === person.id
              ? t("absences.away", { name: agent_name })
              : t("absences.agent", { name: principal_name })}{" "}
            <span className="muted">
              {t("absences.until")} <When at={absence.to} />
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}
