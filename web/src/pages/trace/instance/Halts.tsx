import { useQuery } from "@tanstack/react-query";
import { Alert } from "antd";
import { useTranslation } from "react-i18next";
import { useLabel } from "../../../app/label.ts";
import { useMay } from "../../../app/session.ts";
import { causesQuery, type InstanceOut } from "../asked.ts";
import { Causes } from "../stuck/Causes.tsx";

/** What keeps it where it is: for administrators with the repairs, for others in words. */
export function Halts({ of: shown }: { of: InstanceOut }) {
  const { t } = useTranslation("trace");
  const say = useLabel();
  const isAdmin = useMay()("admin");
  const { instance } = shown;
  const { data: causes } = useQuery({
    ...causesQuery(instance.id),
    enabled: isAdmin && !instance.finished_at,
  });
  const grave = causes?.filter((one) => one.cause !== "person") ?? [];
  if (grave.length) {
    return (
      <section className="card trace-instance-halts" aria-label={t("stuck.why")}>
        <Causes instance={instance} causes={grave} />
      </section>
    );
  }
  if (isAdmin) return null;
  return instance.halts?.map((halt) => (
    <Alert
      key={`${halt.kind}${halt.node}`}
      className="trace-instance-halt"
      type="warning"
      showIcon
      title={say(halt.text)}
    />
  ));
}
