import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Input, Modal, Radio } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { api, told } from "../../api/client.ts";
import type { Step } from "../../flow/model.ts";
import { Refusal } from "../../ui/Refusal.tsx";
import { sendable, vocabularyQuery } from "./asking.ts";
import { Pick } from "./panels/Pick.tsx";
import { drawn, freeKey, TEMPLATES, type Template } from "./templates.ts";
import { wordsOf } from "./vocabulary.ts";
import type { DocumentWord } from "./words.ts";

/** As a process about such documents is bound to them already, else as the vocabulary knows. */
async function boundLike(document: DocumentWord): Promise<Step> {
  if (!document.like) return document.bound;
  const like = await told(api.GET("/api/v1/processes/{key}", { params: { path: { key: document.like } } }));
  return like.process.document as unknown as Step;
}

/** A new process: what it is called, which documents it is about, and what it begins with. */
export function NewFlow({ taken, onClose }: { taken: readonly string[]; onClose: () => void }) {
  const { t, i18n } = useTranslation("flows");
  const navigate = useNavigate();
  const client = useQueryClient();
  const { data: vocabulary, error: unread } = useQuery(vocabularyQuery);
  const documents = vocabulary ? wordsOf(vocabulary, i18n.language).documents : [];
  const [title, setTitle] = useState("");
  const [about, setAbout] = useState<string>();
  const [template, setTemplate] = useState<Template>("approvalAndBack");
  const [written, setWritten] = useState<string>();
  const document = documents.find((one) => one.value === about);
  const key = written ?? (document ? freeKey(document.kind, taken) : "");
  const begin = useMutation({
    mutationFn: async () => {
      if (!document) return;
      const titles = {
        process: { zh: title, en: title },
        approval: both("new.approval"),
        back: both("new.back"),
      };
      const process = sendable(drawn(template, key, document, await boundLike(document), titles));
      await told(api.POST("/api/v1/processes/drafts", { body: { process, notes: "" } }));
      await client.invalidateQueries({ queryKey: ["processes", "drafts"] });
      await navigate(key);
    },
  });
  const both = (word: string) => ({ zh: t(word, { lng: "zh-CN" }), en: t(word, { lng: "en" }) });
  return (
    <Modal
      open
      title={t("new.title")}
      okText={t("new.begin")}
      cancelText={t("cancel")}
      onCancel={onClose}
      onOk={() => begin.mutate()}
      confirmLoading={begin.isPending}
      okButtonProps={{ disabled: !title.trim() || !document || !key }}
    >
      <Refusal error={begin.error ?? unread} />
      <div className="field">
        <label htmlFor="new-title">{t("new.name")}</label>
        <Input id="new-title" autoFocus value={title} onChange={(event) => setTitle(event.target.value)} />
      </div>
      <div className="field">
        <label htmlFor="new-document">{t("new.document")}</label>
        <Pick
          id="new-document"
          value={about}
          placeholder={t("new.documentPick")}
          choices={documents}
          onPick={setAbout}
        />
      </div>
      <fieldset className="field">
        <legend>{t("new.template")}</legend>
        <Radio.Group
          vertical
          value={template}
          options={TEMPLATES.map((one) => ({ value: one, label: t(`new.templates.${one}`) }))}
          onChange={(event) => setTemplate(event.target.value as Template)}
        />
      </fieldset>
      <div className="field">
        <label htmlFor="new-key">{t("new.key")}</label>
        <p className="field-says muted">{t("new.keySays")}</p>
        <Input id="new-key" value={key} onChange={(event) => setWritten(event.target.value)} />
      </div>
    </Modal>
  );
}
