/** Mounts the client. */
import "./app/theme/mantine-styles";
import "@fontsource-variable/inter";
import "@fontsource-variable/jetbrains-mono";
import "./app/theme/tokens.css";
import "./app/theme/base.css";
import "./app/theme/controls.css";
import "./ui/form.css";
import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { meQuery } from "./api/auth";
import { listenForSignOut } from "./api/client";
import { queryClient } from "./app/query-client";
import { router } from "./app/routes";
import { cssVariables, theme } from "./app/theme/theme";

// A session that ended elsewhere leads to the sign-in page, and back here afterwards.
listenForSignOut(() => {
  queryClient.setQueryData(meQuery.queryKey, null);
  void router.invalidate();
});

const container = document.getElementById("root");
if (container === null) throw new Error("The page has no element to mount the client in.");

createRoot(container).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <Notifications position="bottom-center" limit={3} />
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
