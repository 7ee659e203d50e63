import { PlusOutlined } from "@ant-design/icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Input, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { api, told } from "../../api/client.ts";
import { addInput, addOutput, changeInput, changeOutput, freshKey } from "../../table/columns.ts";
import { asSent, named, type Table } from "../../table/model.ts";
import { insertRow } from "../../table/rows.ts";
import { Refusal } from "../../ui/Refusal.tsx";
import { InputSettings, OutputSettings } from "./ColumnSettings.tsx";

const KEY = /^[A-Za-z][A-Za-z0-9_.-]*$/;

/** A new table: what it is called, what it looks at, what it decides. */
export function NewTableDialog({ taken, onClose }: { taken: string[]; onClose: () => void }) {
  const { t } = useTranslation("rules");
  const navigate = useNavigate();
  const client = useQueryClient();
  const [table, setTable] = useState<Table>(() => blank(t));
  const [key, setKey] = useState("");
  const making = useMutation({
    mutationFn: () => {
      const body = { table: asSent(insertRow({ ...table, table: key }, 0)), notes: "" };
      return told(api.POST("/api/v1/rules/{key}/drafts", { params: { path: { key } }, body }));
    },
    onSuccess: async (made) => {
      await client.invalidateQueries({ queryKey: ["rules"] });
      navigate(`/rules/${made.key}?version=${made.version}`);
    },
  });
  const isTaken = taken.includes(key);
  const isReady = KEY.test(key) && !isTaken && table.title.zh.trim() !== "";
  return (
    <Modal
      open
      title={t("newTable")}
      okText={t("create")}
      cancelText={t("cancel")}
      width={560}
      okButtonProps={{ disabled: !isReady, loading: making.isPending }}
      onOk={() => making.mutate()}
      onCancel={onClose}
    >
      <div className="panel-fields">
        <div className="input-field">
          <label htmlFor="new-title">{t("tableTitle")}</label>
          <Input
            id="new-title"
            autoFocus
            placeholder={t("tableTitleSays")}
            value={table.title.zh}
            onChange={(event) => setTable({ ...table, title: named(event.target.value) })}
          />
        </div>
        <div className="input-field">
          <label htmlFor="new-key">{t("tableKey")}</label>
          <Input
            id="new-key"
            placeholder="purchase-route"
            value={key}
            status={key && (!KEY.test(key) || isTaken) ? "error" : ""}
            onChange={(event) => setKey(event.target.value.trim())}
          />
          <small className="muted">{isTaken ? t("keyTaken") : t("tableKeySays")}</small>
        </div>
        <h3>{t("looksAt")}</h3>
        {table.inputs.map((one) => (
          <fieldset key={one.key} className="column-settings">
            <InputSettings column={one} onChange={(next) => setTable(changeInput(table, next))} />
          </fieldset>
        ))}
        <Button
          icon={<PlusOutlined />}
          onClick={() =>
            setTable(
              addInput(table, {
                key: freshKey(table, "", "input"),
                title: named(t("newInput")),
                type: "text",
              }),
            )
          }
        >
          {t("addInput")}
        </Button>
        <h3>{t("decides")}</h3>
        {table.outputs.map((one) => (
          <fieldset key={one.key} className="column-settings">
            <OutputSettings output={one} onChange={(next) => setTable(changeOutput(table, next))} />
          </fieldset>
        ))}
        <Button
          icon={<PlusOutlined />}
          onClick={() =>
            setTable(
              addOutput(table, {
                key: freshKey(table, "", "output"),
                title: named(t("newOutput")),
                type: "who",
              }),
            )
          }
        >
          {t("addOutput")}
        </Button>
      </div>
      <Refusal error={making.error} />
    </Modal>
  );
}

function blank(t: (key: string) => string): Table {
  return {
    table: "",
    title: named(""),
    hit: "unique",
    inputs: [{ key: "amount", title: named(t("slots.amount")), type: "money", unit: "CNY", domain: "[0..)" }],
    given: [],
    outputs: [{ key: "approver", title: named(t("slots.approver")), type: "who" }],
    rows: [],
    default: null,
    cases: [],
  };
}
