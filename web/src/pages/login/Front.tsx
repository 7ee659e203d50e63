import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Switches } from "../../app/Switches.tsx";
import "./front.css";

interface Props {
  title: string;
  says?: string;
  wide?: boolean;
  children: ReactNode;
}

/** What stands before the application: one card, and who we are. */
export function Front({ title, says, wide = false, children }: Props) {
  const { t } = useTranslation("shell");
  return (
    <main className={`front${wide ? " is-wide" : ""}`}>
      <div className="front-brand">
        <img src="/icon.svg" alt="" width="32" height="32" />
        {t("brand")}
      </div>
      <section className="card front-card">
        <header>
          <h1>{title}</h1>
          {says ? <p className="muted">{says}</p> : null}
        </header>
        {children}
      </section>
      <Switches />
    </main>
  );
}
