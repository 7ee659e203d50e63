import { InboxOutlined } from "@ant-design/icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Modal, Upload } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { api, Refused, told } from "../../api/client.ts";
import { useLabel } from "../../app/label.ts";
import { asSent } from "../../table/model.ts";
import { Refusal } from "../../ui/Refusal.tsx";
import { readFile } from "./useUpload.ts";

/** A table from a file: a new draft, or what is wrong in the file, cell by cell. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("rules");
  const say = useLabel();
  const navigate = useNavigate();
  const client = useQueryClient();
  const taking = useMutation({
    mutationFn: async (file: File) => {
      const table = await readFile(file);
      const body = { table: asSent(table), notes: t("importedFrom", { name: file.name }) };
      return told(api.POST("/api/v1/rules/{key}/drafts", { params: { path: { key: table.table } }, body }));
    },
    onSuccess: async (made) => {
      await client.invalidateQueries({ queryKey: ["rules"] });
      navigate(`/rules/${made.key}?version=${made.version}`);
    },
  });
  const problems = taking.error instanceof Refused ? (taking.error.problem.problems ?? []) : [];
  return (
    <Modal open title={t("importFile")} onCancel={onClose} footer={null}>
      <Upload.Dragger
        accept=".xlsx,.csv,.dmn,.json,.yaml"
        showUploadList={false}
        disabled={taking.isPending}
        beforeUpload={(file) => {
          taking.mutate(file);
          return false;
        }}
      >
        <p className="ant-upload-drag-icon">
          <InboxOutlined />
        </p>
        <p>{t("dropFile")}</p>
        <p className="muted">{t("dropFileSays")}</p>
      </Upload.Dragger>
      <Refusal error={taking.error} />
      {problems.length ? (
        <ul className="file-problems">
          {problems.map((one) => (
            <li key={`${one.place} ${one.message.zh}`}>
              <code>{one.place}</code> {say(one.message)}
            </li>
          ))}
        </ul>
      ) : null}
    </Modal>
  );
}
