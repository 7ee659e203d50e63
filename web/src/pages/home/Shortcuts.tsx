import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { AREAS } from "../../app/areas.tsx";
import { useMay } from "../../app/session.ts";

/** Where else the person may go. */
export function Shortcuts() {
  const { t } = useTranslation("home");
  const { t: shell } = useTranslation("shell");
  const may = useMay();
  const areas = AREAS.filter((area) => area.name !== "home" && area.name !== "tasks" && may(...area.rights));
  if (!areas.length) return null;
  return (
    <nav className="shortcuts" aria-label={t("shortcuts.label")}>
      {areas.map(({ name, path, icon: Icon }) => (
        <Link key={name} to={path} className="shortcut card">
          <Icon />
          <strong>{shell(`areas.${name}`)}</strong>
          <span className="muted">{t(`shortcuts.${name}`)}</span>
        </Link>
      ))}
    </nav>
  );
}
