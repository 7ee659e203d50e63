import { useTranslation } from "react-i18next";
import { Route, Routes } from "react-router";
import { NotFound } from "../../app/NotFound.tsx";
import { useMay, useSession } from "../../app/session.ts";
import { Places } from "../../ui/Places.tsx";
import { AbsencesPage } from "../people/absences/AbsencesPage.tsx";
import "../people/people.css";
import { PasswordPage } from "./PasswordPage.tsx";
import { ProfilePage } from "./ProfilePage.tsx";
import { TokensPage } from "./TokensPage.tsx";

/** What concerns nobody but oneself. */
export default function MePage() {
  const { t } = useTranslation("me");
  const { login, must_change_password } = useSession();
  const may = useMay();
  const places = [
    { path: "/me", name: t("places.profile") },
    ...(may("act") ? [{ path: "/me/absences", name: t("places.absences") }] : []),
    { path: "/me/tokens", name: t("places.tokens") },
    ...(login ? [{ path: "/me/password", name: t("places.password") }] : []),
  ];
  return (
    <>
      {must_change_password ? null : <Places label={t("places.label")} places={places} />}
      <Routes>
        <Route index element={<ProfilePage />} />
        <Route path="absences" element={<AbsencesPage own />} />
        <Route path="tokens" element={<TokensPage />} />
        <Route path="password" element={<PasswordPage />} />
        <Route path="*" element={<NotFound />} />
      </Routes>
    </>
  );
}
