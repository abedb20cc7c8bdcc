/** The shell of a tenant's pages: rail, bar, page. */
import { Drawer } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { Outlet, useLocation } from "@tanstack/react-router";
import { lazy, Suspense, useCallback, useEffect, useState } from "react";
import { useTenant } from "../tenant";
import { Rail } from "./rail";
import { ShortcutsHelp } from "./shortcuts-help";
import { TopBar } from "./top-bar";
import { useShortcuts } from "./use-shortcuts";
import "./layout.css";

const loadPalette = () =>
  import("./command-palette").then((module) => ({ default: module.CommandPalette }));
const CommandPalette = lazy(loadPalette);

export function Layout() {
  const { tenantParam } = useTenant();
  const { pathname } = useLocation();
  const [open, setOpen] = useState<"drawer" | "palette" | "help">();
  const close = useCallback(() => setOpen(undefined), []);
  useShortcuts(
    tenantParam,
    useCallback(() => setOpen("help"), []),
  );
  // Fetched before it is asked for, so that no letter typed after the key is lost.
  useEffect(() => void loadPalette(), []);
  useHotkeys([["mod+K", () => setOpen("palette")]], [], true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page closes what was open over the old one.
  useEffect(close, [pathname]);

  return (
    <div className="layout">
      <a href="#page" className="skip-link">
        Skip to the page
      </a>
      <aside className="layout-rail">
        <Rail />
      </aside>
      <div className="layout-main">
        <TopBar onMenu={() => setOpen("drawer")} onPalette={() => setOpen("palette")} />
        <main id="page" className="layout-page" tabIndex={-1}>
          <Outlet />
        </main>
      </div>
      <Drawer opened={open === "drawer"} onClose={close} size={264} title="Menu">
        <Rail />
      </Drawer>
      <ShortcutsHelp opened={open === "help"} onClose={close} />
      {open === "palette" && (
        <Suspense>
          <CommandPalette onClose={close} onHelp={() => setOpen("help")} />
        </Suspense>
      )}
    </div>
  );
}
