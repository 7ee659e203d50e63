import { useTranslation } from "react-i18next";
import { Navigate, Route, Routes } from "react-router";
import { NotFound } from "../../app/NotFound.tsx";
import { type Right, useMay } from "../../app/session.ts";
import { Places } from "../../ui/Places.tsx";
import "../people/people.css";
import { AuditPage } from "./audit/AuditPage.tsx";
import { LoginsPage } from "./logins/LoginsPage.tsx";
import { AccessRolesPage } from "./roles/AccessRolesPage.tsx";
import { AllTokensPage } from "./tokens/AllTokensPage.tsx";

const PLACES: { path: string; name: string; rights: Right[] }[] = [
  { path: "/admin", name: "logins", rights: ["people", "audit"] },
  { path: "/admin/roles", name: "roles", rights: ["people", "audit"] },
  { path: "/admin/audit", name: "audit", rights: ["audit"] },
  { path: "/admin/tokens", name: "tokens", rights: ["people"] },
];

/** Who may log in and do what, and what was done about it. */
export default function AdminPage() {
  const { t } = useTranslation("admin");
  const may = useMay();
  const places = PLACES.filter((place) => may(...place.rights));
  if (places.length === 0) return <Navigate to="/" replace />;
  return (
    <>
      <Places
        label={t("places.label")}
        places={places.map(({ path, name }) => ({ path, name: t(`places.${name}`) }))}
      />
      <Routes>
        <Route index element={<LoginsPage />} />
        <Route path="roles" element={<AccessRolesPage />} />
        <Route path="audit" element={<AuditPage />} />
        <Route path="tokens" element={<AllTokensPage />} />
        <Route path="*" element={<NotFound />} />
      </Routes>
    </>
  );
}
