import { QueryClientProvider } from "@tanstack/react-query";
import { Suspense } from "react";
import { RouterProvider } from "react-router";
import { Loading } from "../ui/Loading.tsx";
import { Appearance } from "./appearance.tsx";
import { queries } from "./queries.ts";
import { router } from "./router.tsx";

export function App() {
  return (
    <QueryClientProvider client={queries}>
      <Suspense fallback={<Loading />}>
        <Appearance>
          <RouterProvider router={router} />
        </Appearance>
      </Suspense>
    </QueryClientProvider>
  );
}
