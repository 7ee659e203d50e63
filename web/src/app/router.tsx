import { type ComponentType, lazy } from "react";
import { createBrowserRouter, type RouteObject, redirect } from "react-router";
import { BrokenPage } from "./BrokenPage.tsx";
import { NotFound } from "./NotFound.tsx";
import { queries } from "./queries.ts";
import { Shell } from "./Shell.tsx";
import { sessionQuery } from "./session.ts";

type Page = () => Promise<{ default: ComponentType }>;

/** A page comes when it is opened; an area's pages share its chunk only as far as they import each other. */
function page(path: string, load: Page): RouteObject {
  const Component = lazy(load);
  return { path, element: <Component /> };
}

async function loggedIn({ request }: { request: Request }) {
  const session = await queries.ensureQueryData(sessionQuery);
  const { pathname, search } = new URL(request.url);
  if (!session) return redirect(`/login?to=${encodeURIComponent(pathname + search)}`);
  if (session.must_change_password && pathname !== "/me/password") return redirect("/me/password");
  return null;
}

export const router = createBrowserRouter([
  {
    element: <Shell />,
    loader: loggedIn,
    errorElement: <BrokenPage />,
    children: [
      page("/", () => import("../pages/home/HomePage.tsx")),
      page("/tasks/*", () => import("../pages/tasks/TasksPage.tsx")),
      page("/instances/*", () => import("../pages/trace/TracePage.tsx")),
      page("/flows/*", () => import("../pages/flows/FlowsPage.tsx")),
      page("/rules/*", () => import("../pages/rules/RulesPage.tsx")),
      page("/people/*", () => import("../pages/people/PeoplePage.tsx")),
      page("/admin/*", () => import("../pages/admin/AdminPage.tsx")),
      page("/me/*", () => import("../pages/me/MePage.tsx")),
      { path: "*", element: <NotFound /> },
    ],
  },
  {
    errorElement: <BrokenPage />,
    children: [
      page("/login", () => import("../pages/login/LoginPage.tsx")),
      page("/setup", () => import("../pages/login/SetupPage.tsx")),
    ],
  },
]);
