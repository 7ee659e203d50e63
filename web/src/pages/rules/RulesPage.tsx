import { Route, Routes } from "react-router";
import "./rules.css";
import { TablePage } from "./TablePage.tsx";
import { TablesPage } from "./TablesPage.tsx";

export default function RulesPage() {
  return (
    <Routes>
      <Route index element={<TablesPage />} />
      <Route path=":key" element={<TablePage />} />
    </Routes>
  );
}
