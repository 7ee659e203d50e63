import { DatePicker, Input } from "antd";
import dayjs from "dayjs";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Label } from "../../api/client.ts";
import { relabelled } from "../model.ts";
import type { EditorProps, Go } from "./CellEditor.tsx";
import { EditorFoot } from "./EditorFoot.tsx";
import { onEditorKey } from "./keys.ts";

/** What the row is there for, in words. */
export function NoteEditor({
  note,
  text,
  typed,
  leave,
  onDone,
  onCancel,
}: EditorProps & { note: Label | null }) {
  const { t, i18n } = useTranslation("rules");
  const [said, setSaid] = useState(typed ?? text);
  const done = (go: Go) =>
    onDone(
      { slot: "note", note: said.trim() ? relabelled(note, said.trim(), i18n.language === "en") : null },
      go,
    );
  useEffect(() => {
    leave.current = () => done("away");
  });
  return (
    <div className="cell-editor">
      <Input.TextArea
        autoFocus
        autoSize={{ minRows: 2, maxRows: 6 }}
        value={said}
        aria-label={t("slots.note")}
        onChange={(event) => setSaid(event.target.value)}
        onKeyDown={(event) => onEditorKey(event, done, onCancel)}
      />
      <EditorFoot onDone={() => done("stay")} onCancel={onCancel} />
    </div>
  );
}

/** The first or the last day of a row. */
export function DayEditor(props: EditorProps & { end: "valid_from" | "valid_to"; day: string | null }) {
  const { end, day, leave, onDone, onCancel } = props;
  const { t } = useTranslation("rules");
  const [chosen, setChosen] = useState(day);
  const done = (go: Go) => onDone({ slot: end, day: chosen }, go);
  useEffect(() => {
    leave.current = () => done("away");
  });
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of what is inside
    <div className="cell-editor" onKeyDown={(event) => onEditorKey(event, done, onCancel)}>
      <DatePicker
        autoFocus
        value={chosen ? dayjs(chosen) : null}
        aria-label={t(`slots.${end}`)}
        onChange={(picked) => setChosen(picked ? picked.format("YYYY-MM-DD") : null)}
      />
      <EditorFoot onDone={() => done("stay")} onCancel={onCancel} />
    </div>
  );
}
