/** Oneself: the account, its password, the theme; and the tenant's name. */
import { SegmentedControl, useMantineColorScheme } from "@mantine/core";
import type { ReactNode } from "react";
import { useTenant } from "../../app/tenant";
import { Page } from "../../ui/page";
import { PasswordForm } from "./password-form";
import { TenantForm } from "./tenant-form";
import "./settings-page.css";

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="settings-section">
      <h2 className="settings-title">{title}</h2>
      <div className="settings-body">{children}</div>
    </section>
  );
}

export function SettingsPage() {
  const { me, canManage } = useTenant();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Page title="Settings" width="narrow">
      <Section title="Account">
        <dl className="settings-facts">
          <div>
            <dt>Name</dt>
            <dd>{me.user.name}</dd>
          </div>
          <div>
            <dt>E-mail</dt>
            <dd>{me.user.email}</dd>
          </div>
        </dl>
      </Section>
      <Section title="Password">
        <PasswordForm />
      </Section>
      <Section title="Theme">
        <SegmentedControl
          aria-label="Theme"
          value={colorScheme}
          onChange={(scheme) => setColorScheme(scheme as "light" | "dark" | "auto")}
          data={[
            { value: "light", label: "Light" },
            { value: "dark", label: "Dark" },
            { value: "auto", label: "As the system" },
          ]}
        />
      </Section>
      {canManage && (
        <Section title="Tenant">
          <TenantForm />
        </Section>
      )}
    </Page>
  );
}
