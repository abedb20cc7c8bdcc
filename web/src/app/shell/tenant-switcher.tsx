/** Chooses the tenant, or makes a new one. */
import { Menu } from "@mantine/core";
import { IconCheck, IconPlus, IconSelector } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { paths } from "../paths";
import { useTenant } from "../tenant";

export function TenantSwitcher() {
  const { tenant, me } = useTenant();
  return (
    <Menu position="bottom-start" width={240}>
      <Menu.Target>
        <button type="button" className="tenant-switcher" aria-label={`Tenant ${tenant.name}`}>
          <span
            className="tenant-mark"
            data-letter={tenant.name.slice(0, 1).toUpperCase()}
            aria-hidden
          />
          <span className="tenant-switcher-name clip">{tenant.name}</span>
          <IconSelector size={16} stroke={1.75} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Tenants</Menu.Label>
        {me.tenants.map((other) => (
          <Menu.Item
            key={other.id}
            renderRoot={(props) => <Link {...paths.schemas(String(other.number))} {...props} />}
            rightSection={
              other.id === tenant.id ? <IconCheck size={16} aria-label="chosen" /> : null
            }
          >
            {other.name}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          renderRoot={(props) => <Link {...paths.newTenant()} {...props} />}
          leftSection={<IconPlus size={16} aria-hidden />}
        >
          New tenant
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
