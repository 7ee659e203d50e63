import { lazy } from "react";
import { Route, Routes } from "react-router";
import { TodoPage } from "./TodoPage.tsx";
import "./tasks.css";

const TaskPage = lazy(() => import("./detail/TaskPage.tsx"));
const InstancePage = lazy(() => import("./detail/InstancePage.tsx"));

/** The to-do centre: its lists, a task, and what one started or was told. */
export default function TasksPage() {
  return (
    <Routes>
      <Route index element={<TodoPage />} />
      <Route path="of/*" element={<InstancePage />} />
      <Route path="*" element={<TaskPage />} />
    </Routes>
  );
}
