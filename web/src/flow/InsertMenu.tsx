import { SnippetsOutlined } from "@ant-design/icons";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useJobs } from "./jobs.ts";
import { KIND_ICONS } from "./kinds.tsx";
import { KINDS, type Spot } from "./model.ts";

const STEPS: Record<string, number> = { ArrowDown: 2, ArrowUp: -2, ArrowRight: 1, ArrowLeft: -1 };

/** The kinds of step with a word about each; arrow keys go through them, Escape leaves. */
export function InsertMenu({ spot, onDone }: { spot: Spot; onDone: () => void }) {
  const { t } = useTranslation("flow");
  const { edit } = useJobs();
  const menu = useRef<HTMLDivElement>(null);
  useEffect(() => menu.current?.querySelector("button")?.focus({ preventScroll: true }), []);
  const walk = (event: React.KeyboardEvent) => {
    if (event.key === "Escape") onDone();
    const by = STEPS[event.key];
    const items = [...(menu.current?.querySelectorAll("button") ?? [])];
    const now = items.indexOf(document.activeElement as HTMLButtonElement);
    if (by === undefined) return;
    event.preventDefault();
    items[now + by]?.focus();
  };
  return (
    <div className="flow-menu" role="menu" aria-label={t("add")} tabIndex={-1} ref={menu} onKeyDown={walk}>
      {KINDS.map((kind) => {
        const Icon = KIND_ICONS[kind];
        return (
          <button
            type="button"
            role="menuitem"
            key={kind}
            style={{ "--hue": `var(--hue-${kind})` } as React.CSSProperties}
            onClick={() => {
              edit?.insert(spot, kind);
              onDone();
            }}
          >
            <span className="flow-card-icon" aria-hidden="true">
              <Icon aria-hidden="true" />
            </span>
            <span>
              {t(`kinds.${kind}.name`)}
              <small className="muted">{t(`kinds.${kind}.says`)}</small>
            </span>
          </button>
        );
      })}
      {edit?.canPaste ? (
        <button
          type="button"
          role="menuitem"
          style={{ "--hue": "var(--hue-end)" } as React.CSSProperties}
          onClick={() => {
            edit.paste(spot);
            onDone();
          }}
        >
          <span className="flow-card-icon" aria-hidden="true">
            <SnippetsOutlined />
          </span>
          <span>
            {t("paste")}
            <small className="muted">{t("pasteSays")}</small>
          </span>
        </button>
      ) : null}
    </div>
  );
}
