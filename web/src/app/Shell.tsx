import { Suspense } from "react";
import { useTranslation } from "react-i18next";
import { NavLink, Outlet } from "react-router";
import { Loading } from "../ui/Loading.tsx";
import { AREAS, type Area } from "./areas.tsx";
import { useLiveChanges } from "./live.ts";
import "./shell.css";
import { Switches } from "./Switches.tsx";
import { useMay, useSession } from "./session.ts";

/** What surrounds every page: the navigation at the side, on phones a bar at the bottom. */
export function Shell() {
  const { t } = useTranslation("shell");
  const may = useMay();
  useLiveChanges();
  const areas = AREAS.filter((area) => may(...area.rights));
  return (
    <div className="shell">
      <a className="shell-skip" href="#page">
        {t("skip")}
      </a>
      <aside className="shell-side">
        <div className="shell-brand">
          <img src="/icon.svg" alt="" width="24" height="24" />
          {t("brand")}
        </div>
        <nav aria-label={t("nav")}>
          {areas.map((area) => (
            <AreaLink key={area.name} area={area} />
          ))}
        </nav>
        <Me />
      </aside>
      <main className="shell-page" id="page">
        <Suspense fallback={<Loading />}>
          <Outlet />
        </Suspense>
      </main>
      <PhoneBar areas={areas.filter((area) => area.onPhone)} />
    </div>
  );
}

function AreaLink({ area }: { area: Area }) {
  const { t } = useTranslation("shell");
  const Icon = area.icon;
  return (
    <NavLink to={area.path} end={area.path === "/"} className="shell-link">
      <Icon />
      <span>{t(`areas.${area.name}`)}</span>
    </NavLink>
  );
}

function Me() {
  const { person } = useSession();
  return (
    <div className="shell-me">
      <NavLink to="/me" className="shell-link">
        <span className="shell-disc" aria-hidden="true">
          {person.name.slice(0, 1)}
        </span>
        <span>
          {person.name}
          {person.position ? <small className="muted">{person.position}</small> : null}
        </span>
      </NavLink>
      <Switches />
    </div>
  );
}

function PhoneBar({ areas }: { areas: Area[] }) {
  const { t } = useTranslation("shell");
  const { person } = useSession();
  return (
    <nav className="shell-bar" aria-label={t("nav")}>
      {areas.map((area) => (
        <AreaLink key={area.name} area={area} />
      ))}
      <NavLink to="/me" className="shell-link">
        <span className="shell-disc" aria-hidden="true">
          {person.name.slice(0, 1)}
        </span>
        <span>{t("me")}</span>
      </NavLink>
    </nav>
  );
}
