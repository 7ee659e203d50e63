import { Table } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { useLabel } from "../../../app/label.ts";
import { Dwell, When } from "../../../ui/Dwell.tsx";
import { Money } from "../../../ui/Money.tsx";
import { Person } from "../../../ui/Person.tsx";
import { StatusTag } from "../../../ui/StatusTag.tsx";
import { instancePath } from "../addresses.ts";
import { HeldBy } from "./HeldBy.tsx";
import type { Found } from "./searching.ts";
import "./instance-list.css";

/** Instances for a wide screen: a row each. */
export default function InstanceTable({ items }: { items: Found[] }) {
  const { t } = useTranslation("trace");
  const say = useLabel();
  const go = useNavigate();
  return (
    <Table<Found>
      className="card trace-table"
      rowKey={(one) => one.instance.id}
      dataSource={items}
      pagination={false}
      onRow={(one) => ({ onClick: () => go(instancePath(one.instance.id)) })}
      columns={[
        {
          title: t("search.what"),
          render: (_, { instance }) => (
            <>
              <Link to={instancePath(instance.id)} onClick={(event) => event.stopPropagation()}>
                {instance.title ?? instance.number}
              </Link>
              <div className="muted trace-under">
                <span className="number">{instance.number}</span> · {say(instance.process_title)}
              </div>
            </>
          ),
        },
        {
          title: t("search.status"),
          render: (_, { instance }) => <StatusTag status={instance.status} outcome={instance.outcome} />,
        },
        { title: t("search.holder"), render: (_, one) => <HeldBy found={one} /> },
        {
          title: t("search.dwell"),
          render: (_, one) =>
            one.instance.finished_at ? t("search.nobody") : <Dwell since={one.dwell_since} />,
        },
        {
          title: t("search.startedBy"),
          render: (_, { instance }) => <Person name={instance.initiator_name} />,
        },
        {
          title: t("search.amount"),
          align: "right",
          render: (_, { instance }) =>
            instance.amount ? (
              <Money amount={instance.amount} unit={instance.currency} />
            ) : (
              t("search.nobody")
            ),
        },
        {
          title: t("search.started"),
          render: (_, { instance }) => <When at={instance.started_at} format="MM-DD HH:mm" />,
        },
        { title: t("search.system"), render: (_, { instance }) => instance.system },
      ]}
    />
  );
}
