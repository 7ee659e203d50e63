import { DownOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay, useSession } from "../../../app/session.ts";
import type { InstanceOut } from "../asked.ts";
import { ActDialog } from "./ActDialog.tsx";
import { isGrave, offeredToAdmin, offeredToInitiator, type Proposal } from "./acts.ts";
import { MoveDialog } from "./MoveDialog.tsx";

const MOVE = "move";

/** What this person may do with the whole instance: as its initiator, and as an administrator. */
export function InstanceActs({ of: shown }: { of: InstanceOut }) {
  const { t } = useTranslation("trace");
  const may = useMay();
  const { person } = useSession();
  const [proposal, propose] = useState<Proposal>();
  const [isMoving, move] = useState(false);
  const { instance } = shown;
  const own = person.id === instance.initiator && may("act");
  const asInitiator = own ? offeredToInitiator(instance.status, instance.outcome) : [];
  const asAdmin = may("admin") ? offeredToAdmin(instance.status) : [];
  const items = [
    ...asAdmin.map(({ act }) => ({ key: act, label: t(`acts.${act}.name`), danger: isGrave(act) })),
    ...(asAdmin.length ? [{ key: MOVE, label: t("acts.move.name") }] : []),
  ];
  return (
    <>
      {asInitiator.map((one) => (
        <Button key={one.act} danger={isGrave(one.act)} onClick={() => propose(one)}>
          {t(`acts.${one.act}.name`)}
        </Button>
      ))}
      {items.length ? (
        <Dropdown
          trigger={["click"]}
          menu={{
            items,
            onClick: ({ key }) =>
              key === MOVE ? move(true) : propose(asAdmin.find((one) => one.act === key)),
          }}
        >
          <Button icon={<DownOutlined />} iconPlacement="end">
            {t("acts.admin")}
          </Button>
        </Dropdown>
      ) : null}
      {proposal ? (
        <ActDialog instance={instance} proposal={proposal} onClose={() => propose(undefined)} />
      ) : null}
      {isMoving ? <MoveDialog instance={instance} onClose={() => move(false)} /> : null}
    </>
  );
}
