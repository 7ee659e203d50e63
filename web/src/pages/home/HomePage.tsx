import { useTranslation } from "react-i18next";
import { useMay, useSession } from "../../app/session.ts";
import { PageHead } from "../../ui/PageHead.tsx";
import { Absences } from "./Absences.tsx";
import { Figures } from "./Figures.tsx";
import "./home.css";
import { Newest } from "./Newest.tsx";
import { Shortcuts } from "./Shortcuts.tsx";
import { Started } from "./Started.tsx";

/** What awaits a person today, what became of what they started, and where else they may go. */
export default function HomePage() {
  const { t } = useTranslation("home");
  const { person } = useSession();
  const acts = useMay()("act");
  return (
    <>
      <PageHead title={t("title")} says={t("hello", { name: person.name })} />
      {acts ? (
        <>
          <Absences />
          <Figures />
          <div className="home-columns">
            <Newest />
            <Started />
          </div>
        </>
      ) : null}
      <Shortcuts />
    </>
  );
}
