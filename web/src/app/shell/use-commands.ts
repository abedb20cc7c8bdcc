/** The commands of the moment. */
import { useMantineColorScheme } from "@mantine/core";
import {
  IconDatabase,
  IconKeyboard,
  IconLogout,
  IconMoon,
  IconPlus,
  IconSun,
  IconUsersGroup,
} from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { schemasQuery } from "../../api/schemas";
import { useDesignRights } from "../design-rights";
import { paths } from "../paths";
import { useTenant } from "../tenant";
import type { Command } from "./commands";
import { PLACES } from "./navigation";
import { useSignOut } from "./use-sign-out";

function useSchemaCommands(search: string): Command[] {
  const { tenant, tenantParam } = useTenant();
  const navigate = useNavigate();
  const listing = search === "" ? {} : { search };
  const found = useInfiniteQuery(schemasQuery(tenant.id, listing));
  return (found.data?.pages ?? []).flatMap((page) =>
    page.items.map((schema) => ({
      id: schema.id,
      group: "Schemas" as const,
      label: schema.name,
      icon: IconDatabase,
      isName: true,
      perform: () => void navigate(paths.design(tenantParam, schema.id)),
    })),
  );
}

/** All commands; `search` is what the server is asked for schemas. */
export function useCommands(search: string, onHelp: () => void): Command[] {
  const { tenantParam } = useTenant();
  const { mayCreate } = useDesignRights();
  const navigate = useNavigate();
  const signOut = useSignOut();
  const { setColorScheme } = useMantineColorScheme();
  const schemas = useSchemaCommands(search);
  const places = PLACES.map(
    (place): Command => ({
      id: place.label,
      group: "Go to",
      label: place.label,
      icon: place.icon,
      keys: `g ${place.key}`,
      perform: () => void navigate(place.link(tenantParam)),
    }),
  );
  const act = (label: string, icon: Command["icon"], perform: () => void, keys?: string) => ({
    id: label,
    group: "Do" as const,
    label,
    icon,
    perform,
    ...(keys === undefined ? {} : { keys }),
  });
  return [
    ...places,
    ...schemas,
    ...(mayCreate
      ? [act("New schema", IconPlus, () => void navigate(paths.newSchema(tenantParam)), "n")]
      : []),
    act("New tenant", IconUsersGroup, () => void navigate(paths.newTenant())),
    act("Use the light theme", IconSun, () => setColorScheme("light")),
    act("Use the dark theme", IconMoon, () => setColorScheme("dark")),
    act("Show the keys", IconKeyboard, onHelp, "?"),
    act("Sign out", IconLogout, signOut),
  ];
}
