/** Oneself: who is signed in, settings, sign out. */
import { Menu } from "@mantine/core";
import { IconLogout, IconSettings, IconUser } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { IconButton } from "../../ui/icon-button";
import { paths } from "../paths";
import { useTenant } from "../tenant";
import { useSignOut } from "./use-sign-out";

export function AccountMenu() {
  const { me, tenantParam } = useTenant();
  const signOut = useSignOut();
  return (
    <Menu>
      <Menu.Target>
        <IconButton icon={IconUser} label="Your account" />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{me.user.email}</Menu.Label>
        <Menu.Item
          renderRoot={(props) => <Link {...paths.settings(tenantParam)} {...props} />}
          leftSection={<IconSettings size={16} stroke={1.75} aria-hidden />}
        >
          Settings
        </Menu.Item>
        <Menu.Item
          leftSection={<IconLogout size={16} stroke={1.75} aria-hidden />}
          onClick={signOut}
        >
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
