import { Route, Routes } from "react-router";
import { NotFound } from "../../app/NotFound.tsx";
import InstancePage from "./instance/InstancePage.tsx";
import { SearchPage } from "./search/SearchPage.tsx";
import { StuckPage } from "./stuck/StuckPage.tsx";

export default function TracePage() {
  return (
    <Routes>
      <Route index element={<SearchPage />} />
      <Route path="stuck" element={<StuckPage />} />
      <Route path=":id" element={<InstancePage />} />
      <Route path="*" element={<NotFound />} />
    </Routes>
  );
}
