/** The keys that work on every page of a tenant. */
import { useNavigate, useParams } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { paths } from "../paths";
import { PLACES, SCHEMA_TABS } from "./navigation";

/** How long after `g` the second key counts. */
const CHORD_MS = 1200;

/** True where a key belongs to what is being typed, or to an open dialog. */
function isBusy(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest("input, textarea, select") !== null) return true;
  return document.querySelector('[role="dialog"]') !== null;
}

function focusSearch(): boolean {
  const field = document.querySelector<HTMLInputElement>("input[data-search-field]");
  field?.focus();
  field?.select();
  return field !== null;
}

/** The page may have its own idea of "new": a row in a table. */
function pressNew(): boolean {
  const button = document.querySelector<HTMLButtonElement>("button[data-shortcut-new]");
  button?.click();
  return button !== null;
}

export function useShortcuts(tenant: string, onHelp: () => void): void {
  const navigate = useNavigate();
  const { schemaId } = useParams({ strict: false });
  const chordUntil = useRef(0);

  useEffect(() => {
    function goTo(key: string): boolean {
      const place = PLACES.find((known) => known.key === key);
      if (place !== undefined) void navigate(place.link(tenant));
      return place !== undefined || openTab(SCHEMA_TABS.findIndex((tab) => tab.key === key));
    }

    function openTab(index: number): boolean {
      const tab = SCHEMA_TABS[index];
      if (tab === undefined || schemaId === undefined) return false;
      void navigate(tab.link(tenant, schemaId));
      return true;
    }

    function handle(event: KeyboardEvent): boolean {
      if (event.timeStamp < chordUntil.current) {
        chordUntil.current = 0;
        return goTo(event.key);
      }
      switch (event.key) {
        case "g":
          chordUntil.current = event.timeStamp + CHORD_MS;
          return true;
        case "/":
          return focusSearch();
        case "?":
          onHelp();
          return true;
        case "n":
          if (!pressNew()) void navigate(paths.newSchema(tenant));
          return true;
        default:
          return openTab(Number(event.key) - 1);
      }
    }

    function onKeyDown(event: KeyboardEvent) {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (!isBusy(event.target) && handle(event)) event.preventDefault();
    }
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [navigate, onHelp, schemaId, tenant]);
}
