import { useTranslation } from "react-i18next";
import { Ask } from "../../ui/Ask.tsx";

const KEYS = [
  ["j ↓", "down"],
  ["k ↑", "up"],
  ["Enter", "enter"],
  ["a", "approve"],
  ["r", "reject"],
  ["x", "select"],
  ["/", "search"],
  ["Esc", "escape"],
  ["?", "help"],
] as const;

export default function KeyHelp({ close }: { close: () => void }) {
  const { t } = useTranslation("tasks");
  return (
    <Ask title={t("keys.title")} close={close}>
      <dl className="keys">
        {KEYS.map(([keys, does]) => (
          <div key={does}>
            <dt>
              {keys.split(" ").map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{t(`keys.${does}`)}</dd>
          </div>
        ))}
      </dl>
    </Ask>
  );
}
