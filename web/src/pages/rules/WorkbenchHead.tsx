import {
  CheckCircleOutlined,
  DownloadOutlined,
  RedoOutlined,
  UndoOutlined,
  UploadOutlined,
} from "@ant-design/icons";
import { Alert, Button, Dropdown, Space, Tag, Upload } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { useLabel } from "../../app/label.ts";
import { useMay } from "../../app/session.ts";
import { PageHead } from "../../ui/PageHead.tsx";
import { Refusal } from "../../ui/Refusal.tsx";
import { isOpen, type RuleSet } from "./queries.ts";
import { StageTag } from "./StageTag.tsx";
import type { Document, Version } from "./useDocument.ts";
import { useDraftFrom } from "./useDraftFrom.ts";
import type { Study } from "./useStudy.ts";
import { useUpload } from "./useUpload.ts";

interface Props {
  set: RuleSet;
  version: Version;
  doc: Document;
  study: Study;
  editable: boolean;
  isWide: boolean;
  isPublishing: boolean;
  onReload: () => void;
  onPublish: () => void;
}

/** Which version it is, whether it is saved, and what can be done with it; one button leads on. */
export function WorkbenchHead(props: Props) {
  const { set, version, doc, editable, isWide, onReload } = props;
  const { t } = useTranslation("rules");
  const say = useLabel();
  const upload = useUpload(doc.change);
  const drafting = useDraftFrom(set.key);
  return (
    <>
      <PageHead title={say(doc.table.title)}>
        <StageTag stage={version.stage} inForce={version.in_force} version={version.version} />
        {editable ? <Saved doc={doc} onReload={onReload} /> : null}
        {editable ? <History doc={doc} /> : null}
        {isWide ? (
          <Space.Compact>
            <Download set={set} version={version} doc={doc} />
            {editable ? (
              <Upload accept=".xlsx,.csv,.dmn,.json,.yaml" showUploadList={false} beforeUpload={upload.take}>
                <Button icon={<UploadOutlined />} loading={upload.isReading}>
                  {t("upload")}
                </Button>
              </Upload>
            ) : null}
          </Space.Compact>
        ) : null}
        <Onward {...props} drafting={drafting} />
      </PageHead>
      {upload.error ? <Refusal error={upload.error} /> : null}
      {upload.problems.length ? (
        <Alert
          className="workbench-note"
          type="error"
          closable
          title={t("fileProblems", { count: upload.problems.length })}
          description={
            <ul>
              {upload.problems.slice(0, 20).map((one) => (
                <li key={`${one.place} ${one.message.zh}`}>
                  {one.place} {say(one.message)}
                </li>
              ))}
            </ul>
          }
        />
      ) : null}
      {drafting.error ? <Refusal error={drafting.error} /> : null}
      {isWide ? null : <p className="muted">{t("onPhone")}</p>}
    </>
  );
}

function Onward({
  set,
  version,
  isWide,
  isPublishing,
  onPublish,
  drafting,
}: Props & { drafting: ReturnType<typeof useDraftFrom> }) {
  const { t } = useTranslation("rules");
  const may = useMay();
  const navigate = useNavigate();
  const open = set.versions.find((one) => isOpen(one.stage));
  if (!isWide) return null;
  if (isOpen(version.stage))
    return (
      <Button type={isPublishing ? "default" : "primary"} icon={<CheckCircleOutlined />} onClick={onPublish}>
        {t("publishing")}
      </Button>
    );
  if (open && open.version !== version.version)
    return (
      <Link to={`/rules/${set.key}?version=${open.version}`}>{t("toDraft", { version: open.version })}</Link>
    );
  if (!may("rules")) return null;
  return (
    <Button
      type="primary"
      loading={drafting.isPending}
      onClick={() =>
        drafting.mutate(version.version, {
          onSuccess: (made) => navigate(`/rules/${set.key}?version=${made.version}`),
        })
      }
    >
      {t("newVersion")}
    </Button>
  );
}

function Saved({ doc, onReload }: { doc: Document; onReload: () => void }) {
  const { t } = useTranslation("rules");
  if (doc.saving === "conflict")
    return (
      <Space>
        <Tag color="error">{t("saving.conflict")}</Tag>
        <Button size="small" onClick={onReload}>
          {t("reload")}
        </Button>
      </Space>
    );
  if (doc.saving === "failed")
    return (
      <Button size="small" danger onClick={() => void doc.flush().catch(() => undefined)}>
        {t("saving.failed")}
      </Button>
    );
  return (
    <span className="muted" role="status">
      {t(`saving.${doc.saving}`)}
    </span>
  );
}

function History({ doc }: { doc: Document }) {
  const { t } = useTranslation("rules");
  return (
    <Space.Compact>
      <Button
        icon={<UndoOutlined />}
        aria-label={t("undo")}
        title={t("undo")}
        disabled={!doc.canUndo}
        onClick={doc.undo}
      />
      <Button
        icon={<RedoOutlined />}
        aria-label={t("redo")}
        title={t("redo")}
        disabled={!doc.canRedo}
        onClick={doc.redo}
      />
    </Space.Compact>
  );
}

const FORMATS = ["xlsx", "csv", "dmn", "jdm.json", "table.yaml"];

function Download({ set, version, doc }: { set: RuleSet; version: Version; doc: Document }) {
  const { t } = useTranslation("rules");
  const fetchAs = async (format: string) => {
    await doc.flush();
    location.assign(`/api/v1/rules/${set.key}/versions/${version.version}/export?format=${format}`);
  };
  return (
    <Dropdown
      menu={{
        items: FORMATS.map((one) => ({ key: one, label: t(`formats.${one.replace(".", "_")}`) })),
        onClick: ({ key }) => void fetchAs(key),
      }}
    >
      <Button icon={<DownloadOutlined />}>{t("download")}</Button>
    </Dropdown>
  );
}
