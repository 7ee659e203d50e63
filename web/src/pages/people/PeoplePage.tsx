import { useTranslation } from "react-i18next";
import { Route, Routes } from "react-router";
import { NotFound } from "../../app/NotFound.tsx";
import { type Right, useMay } from "../../app/session.ts";
import { Places } from "../../ui/Places.tsx";
import { AbsencesPage } from "./absences/AbsencesPage.tsx";
import { CalendarPage } from "./calendar/CalendarPage.tsx";
import { DirectoryPage } from "./directory/DirectoryPage.tsx";
import { ImportPage } from "./files/ImportPage.tsx";
import { HandoverPage } from "./handover/HandoverPage.tsx";
import { RolesPage } from "./roles/RolesPage.tsx";
import "./people.css";

const PLACES: { path: string; name: string; rights: Right[] }[] = [
  { path: "/people", name: "directory", rights: ["read", "act", "people"] },
  { path: "/people/roles", name: "roles", rights: ["read", "people"] },
  { path: "/people/absences", name: "absences", rights: ["read", "act"] },
  { path: "/people/calendar", name: "calendar", rights: ["read", "act", "people"] },
  { path: "/people/import", name: "import", rights: ["people"] },
];

export default function PeoplePage() {
  const { t } = useTranslation("people");
  const may = useMay();
  return (
    <>
      <Places
        label={t("places.label")}
        places={PLACES.filter((place) => may(...place.rights)).map(({ path, name }) => ({
          path,
          name: t(`places.${name}`),
        }))}
      />
      <Routes>
        <Route index element={<DirectoryPage />} />
        <Route path="roles" element={<RolesPage />} />
        <Route path="absences" element={<AbsencesPage />} />
        <Route path="calendar" element={<CalendarPage />} />
        {may("people") ? <Route path="import" element={<ImportPage />} /> : null}
        {may("people", "admin") ? <Route path="handover/:person" element={<HandoverPage />} /> : null}
        <Route path="*" element={<NotFound />} />
      </Routes>
    </>
  );
}
