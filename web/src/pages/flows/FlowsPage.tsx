import { Route, Routes } from "react-router";
import { DesignerPage } from "./DesignerPage.tsx";
import { FlowList } from "./FlowList.tsx";

export default function FlowsPage() {
  return (
    <Routes>
      <Route index element={<FlowList />} />
      <Route path=":key" element={<DesignerPage />} />
    </Routes>
  );
}
