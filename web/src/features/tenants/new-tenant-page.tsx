/** A new tenant: the first thing a new account does, and what the switcher offers. */
import { Button, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { meQuery } from "../../api/auth";
import { describeError } from "../../api/errors";
import { createTenant } from "../../api/tenants";
import { paths } from "../../app/paths";
import { Failure } from "../../ui/failure";
import { Page } from "../../ui/page";

const route = getRouteApi("/new-tenant");

export function NewTenantPage() {
  const { me } = route.useRouteContext();
  const [name, setName] = useState("");
  const client = useQueryClient();
  const navigate = useNavigate();
  const creation = useMutation({
    mutationFn: async () => {
      const tenant = await createTenant(name.trim());
      await client.fetchQuery({ ...meQuery, staleTime: 0 });
      await navigate(paths.schemas(String(tenant.number)));
    },
  });
  return (
    <main style={{ background: "var(--paper)", minHeight: "100%" }}>
      <Page
        title={me.tenants.length === 0 ? "Make your first tenant" : "New tenant"}
        intro="A tenant is the boundary of ownership: its own schemas, projects, members and keys. Nobody else sees what is inside."
        width="narrow"
      >
        <form
          className="form"
          style={{ maxWidth: 420 }}
          onSubmit={(event) => {
            event.preventDefault();
            creation.mutate();
          }}
        >
          <TextInput
            label="Name"
            placeholder="Acme"
            autoFocus
            required
            withAsterisk={false}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          {creation.isError && <Failure {...describeError(creation.error)} />}
          <div style={{ display: "flex", gap: 8 }}>
            <Button type="submit" loading={creation.isPending}>
              Create tenant
            </Button>
            {me.tenants.length > 0 && (
              <Button
                variant="default"
                renderRoot={(props) => <Link {...paths.home()} {...props} />}
              >
                Cancel
              </Button>
            )}
          </div>
        </form>
      </Page>
    </main>
  );
}
