import { useQuery } from "@tanstack/react-query";
import { Alert } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLabel } from "../../../app/label.ts";
import { useMay } from "../../../app/session.ts";
import { ActDialog } from "../acts/ActDialog.tsx";
import type { Proposal } from "../acts/acts.ts";
import { causesQuery, type InstanceOut, type InstanceView } from "../asked.ts";
import { Causes } from "../stuck/Causes.tsx";

/** What keeps it where it is: for administrators with the repairs, for others in words. */
export function Halts({ of: shown }: { of: InstanceOut }) {
  const isAdmin = useMay()("admin");
  return isAdmin ? <Mending instance={shown.instance} /> : <Told instance={shown.instance} />;
}

function Mending({ instance }: { instance: InstanceView }) {
  const { t } = useTranslation("trace");
  const [proposal, propose] = useState<Proposal>();
  const { data = [] } = useQuery({ ...causesQuery(instance.id), enabled: !instance.finished_at });
  const grave = data.filter((one) => one.cause !== "person");
  return (
    <>
      {grave.length ? (
        <section className="card trace-instance-halts" aria-label={t("stuck.why")}>
          <Causes causes={grave} onPropose={propose} />
        </section>
      ) : null}
      {proposal ? (
        <ActDialog instance={instance} proposal={proposal} onClose={() => propose(undefined)} />
      ) : null}
    </>
  );
}

function Told({ instance }: { instance: InstanceView }) {
  const say = useLabel();
  return instance.halts.map((halt) => (
    <Alert
      key={`${halt.kind}${halt.node}`}
      className="trace-instance-halt"
      type="warning"
      showIcon
      title={say(halt.text)}
    />
  ));
}
