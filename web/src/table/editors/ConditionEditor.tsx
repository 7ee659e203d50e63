import { Input } from "antd";
import { useEffect, useEffectEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLabel } from "../../app/label.ts";
import type { Input as Column } from "../model.ts";
import { type CellShape, givenFor } from "../reading.ts";
import type { EditorProps, Go } from "./CellEditor.tsx";
import { EditorFoot } from "./EditorFoot.tsx";
import { FigureParts } from "./FigureParts.tsx";
import { onEditorKey } from "./keys.ts";
import { TruthParts } from "./TruthParts.tsx";
import { useReading } from "./useReading.ts";
import { WordParts } from "./WordParts.tsx";

/** A condition: typed as one says it, or put together from its parts. The server says what it means. */
export function ConditionEditor(props: EditorProps & { column: Column }) {
  const { slot, held, text, typed, read, leave, column, onDone, onCancel } = props;
  const { t } = useTranslation("rules");
  const say = useLabel();
  const [said, setSaid] = useState(typed ?? text);
  const [isTyped, setTyped] = useState(typed !== null);
  const { told, ask } = useReading(read);

  const begin = useEffectEvent(() => void ask({ column: slot.key, typed: typed ?? String(held ?? "") }));
  useEffect(() => begin(), []);

  const follow = useEffectEvent(() => void ask({ column: slot.key, typed: said }));
  // biome-ignore lint/correctness/useExhaustiveDependencies: asks anew when what is typed changes
  useEffect(() => {
    if (!isTyped) return;
    const timer = setTimeout(() => follow(), 200);
    return () => clearTimeout(timer);
  }, [said, isTyped]);

  async function done(go: Go) {
    const answer = isTyped ? await ask({ column: slot.key, typed: said }) : (told ?? undefined);
    if (!isTyped && !answer) return onCancel();
    onDone(givenFor(slot, answer, said.trim()), go);
  }

  useEffect(() => {
    leave.current = () => void (isTyped || told ? done("away") : onCancel());
  });

  async function take(shape: CellShape) {
    setTyped(false);
    const answer = await ask({ column: slot.key, shape });
    if (answer.says && !answer.wrong) setSaid(answer.cell ? say(answer.says) : "");
  }

  const shape = told?.shape ?? { negated: false, spans: [] };
  const Parts = column.type === "bool" ? TruthParts : isWords(column) ? WordParts : FigureParts;
  return (
    <div className="cell-editor">
      <Input
        autoFocus
        value={said}
        placeholder={t(`typed.${column.type}`)}
        aria-label={say(column.title)}
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
      ) : (
        <p className="cell-editor-says muted" aria-live="polite">
          {told?.says ? say(told.says) : ""}
        </p>
      )}
      <Parts
        key={told ? "known" : "asked"}
        column={column}
        shape={shape}
        onChange={(next) => void take(next)}
      />
      <EditorFoot onDone={() => void done("stay")} onCancel={onCancel} />
    </div>
  );
}

const isWords = (column: Column): boolean => column.type === "enum" || column.type === "text";
