import { InboxOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { Alert, App, Button, Upload } from "antd";
import { useTranslation } from "react-i18next";
import { type Schemas, sent } from "../../../api/client.ts";
import { Refusal } from "../../../ui/Refusal.tsx";
import { organisationChanged } from "../queries.ts";
import { Changes } from "./Changes.tsx";
import { formatOf } from "./format.ts";
import { Problems } from "./Problems.tsx";
import "../people.css";

export type Import = Schemas["Import"];

/** Sends a file to be looked at or, with the stamp of the look, to be loaded. */
async function importing(file: File, stamp?: string): Promise<Import> {
  const query = new URLSearchParams({ format: formatOf(file.name) });
  if (stamp !== undefined) {
    query.set("check", "false");
    query.set("stamp", stamp);
  }
  return (await sent(`/api/v1/people/import?${query}`, { method: "POST", body: file })).json();
}

/** A file is looked at: what is wrong in it and what it would change; then it is loaded. */
export function ImportPanel({ onDone }: { onDone?: () => void }) {
  const { t } = useTranslation("people");
  const { message } = App.useApp();
  const check = useMutation({ mutationFn: (file: File) => importing(file) });
  const load = useMutation({
    mutationFn: (seen: { file: File; stamp: string }) => importing(seen.file, seen.stamp),
    onSuccess: async (done) => {
      await organisationChanged();
      message.success(t("import.done", { count: done.people }));
      onDone?.();
    },
  });
  const found = check.data;
  const file = check.variables;
  const isReady = found && found.problems.length === 0 && !load.data;
  return (
    <div className="stack">
      <Upload.Dragger
        accept=".xlsx,.csv,.yaml,.yml"
        showUploadList={false}
        beforeUpload={(chosen) => {
          load.reset();
          check.mutate(chosen);
          return false;
        }}
      >
        <p className="ant-upload-drag-icon">
          <InboxOutlined />
        </p>
        <p>{t("import.choose")}</p>
        <p className="muted">{file ? t("import.chosen", { name: file.name }) : t("import.kinds")}</p>
      </Upload.Dragger>
      {file ? null : (
        <p className="muted">
          {t("import.template")}{" "}
          <a href="/api/v1/people/export" download>
            {t("import.download")}
          </a>
        </p>
      )}
      <Refusal error={check.error ?? load.error} />
      {load.data ? (
        <Alert type="success" showIcon title={t("import.done", { count: load.data.people })} />
      ) : null}
      {isReady && file ? (
        <div className="drawer-acts">
          <Button
            type="primary"
            loading={load.isPending}
            onClick={() => load.mutate({ file, stamp: found.stamp })}
          >
            {t("import.go", { count: found.people })}
          </Button>
        </div>
      ) : null}
      {found?.problems.length ? <Problems problems={found.problems} /> : null}
      {isReady ? <Changes found={found} /> : null}
    </div>
  );
}
