import { Input, Select } from "antd";
import { useEffect, useEffectEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLabel } from "../../app/label.ts";
import type { Output } from "../model.ts";
import { givenFor } from "../reading.ts";
import type { EditorProps, Go } from "./CellEditor.tsx";
import { EditorFoot } from "./EditorFoot.tsx";
import { onEditorKey } from "./keys.ts";
import { useReading } from "./useReading.ts";
import { WhoParts } from "./WhoParts.tsx";

/** What a row gives: typed, or chosen where there is something to choose from. */
export function OutcomeEditor(props: EditorProps & { output: Output }) {
  const { slot, held, text, typed, read, leave, output, onDone, onCancel } = props;
  const { t } = useTranslation("rules");
  const say = useLabel();
  const [said, setSaid] = useState(typed ?? text);
  const [isTyped, setTyped] = useState(typed !== null);
  const { told, ask } = useReading(read);

  const begin = useEffectEvent(() => {
    void ask(typed === null ? { column: slot.key, value: held ?? null } : { column: slot.key, typed });
  });
  useEffect(() => begin(), []);

  async function done(go: Go) {
    const answer = isTyped ? await ask({ column: slot.key, typed: said }) : (told ?? undefined);
    onDone(givenFor(slot, answer, said.trim()), go);
  }

  useEffect(() => {
    leave.current = () => void (isTyped || told ? done("away") : onCancel());
  });

  async function take(value: unknown) {
    setTyped(false);
    const answer = await ask({ column: slot.key, value });
    setSaid(answer.says && value !== null ? say(answer.says) : "");
  }

  return (
    <div className="cell-editor">
      <Input
        autoFocus
        value={said}
        placeholder={t(`typed.${output.type}`)}
        aria-label={say(output.title)}
        onChange={(event) => {
          setTyped(true);
          setSaid(event.target.value);
        }}
        onFocus={(event) => typed === null && event.target.select()}
        onKeyDown={(event) => onEditorKey(event, (go) => void done(go), onCancel)}
      />
      {told?.wrong ? (
        <p className="cell-editor-says wrong" role="alert">
          {say(told.wrong)}
        </p>
      ) : null}
      {output.type === "who" ? (
        <WhoParts
          key={told ? "known" : "asked"}
          value={told?.value ?? held}
          onChange={(value) => void take(value)}
        />
      ) : null}
      <Listed output={output} value={told?.value ?? held} onChange={(value) => void take(value)} />
      <EditorFoot onDone={() => void done("stay")} onCancel={onCancel} />
    </div>
  );
}

interface ListedProps {
  output: Output;
  value: unknown;
  onChange: (value: unknown) => void;
}

/** The values an output can have, or yes and no. */
function Listed({ output, value, onChange }: ListedProps) {
  const { t } = useTranslation("rules");
  const values = output.type === "bool" ? [true, false] : (output.values ?? []);
  if (!values.length) return null;
  const shown = (one: unknown) => (typeof one === "boolean" ? t(one ? "yes" : "no") : String(one));
  return (
    <Select
      value={value === undefined || value === null ? null : JSON.stringify(value)}
      aria-label={t("pickValue")}
      placeholder={t("choose")}
      onChange={(chosen: string) => onChange(JSON.parse(chosen))}
      options={values.map((one) => ({ value: JSON.stringify(one), label: shown(one) }))}
    />
  );
}
