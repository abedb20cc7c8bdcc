/** The schemas of a tenant: find one, see how it is, act on it. */
import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { describeError } from "../../api/errors";
import { schemasQuery } from "../../api/schemas";
import type { SchemaSummary } from "../../api/types";
import { useDesignRights } from "../../app/design-rights";
import { paths } from "../../app/paths";
import { useTenant } from "../../app/tenant";
import { Failure } from "../../ui/failure";
import { Page } from "../../ui/page";
import { Skeleton } from "../../ui/skeleton";
import { EditDetails } from "./edit-details";
import { NoMatches, NoSchemas } from "./no-schemas";
import { OutOfUse } from "./out-of-use";
import { SchemaCards } from "./schema-cards";
import { SchemaRows } from "./schema-rows";
import { SchemasToolbar } from "./schemas-toolbar";
import { useRestore } from "./use-restore";

const route = getRouteApi("/t/$tenant/schemas");

/** What a card or row can ask for. */
export interface SchemaActs {
  readonly onEdit: (schema: SchemaSummary) => void;
  readonly onRemove: (schema: SchemaSummary) => void;
  readonly onRestore: (schema: SchemaSummary) => void;
}

function NewSchemaButton() {
  const { tenantParam } = useTenant();
  const { mayCreate } = useDesignRights();
  if (!mayCreate) return null;
  return (
    <Button
      leftSection={<IconPlus size={16} stroke={2} aria-hidden />}
      renderRoot={(props) => <Link {...paths.newSchema(tenantParam)} {...props} />}
    >
      New schema
    </Button>
  );
}

function SchemaList({ acts }: { readonly acts: SchemaActs }) {
  const { tenant } = useTenant();
  const { view, ...listing } = route.useSearch();
  const schemas = useInfiniteQuery(schemasQuery(tenant.id, listing));
  const items = (schemas.data?.pages ?? []).flatMap((page) => page.items);
  const isFiltered =
    listing.search !== undefined || listing.status !== undefined || listing.project !== undefined;

  if (schemas.isError) {
    return <Failure {...describeError(schemas.error)} onRetry={() => void schemas.refetch()} />;
  }
  if (schemas.isPending) return <Skeleton lines={4} height={96} label="Loading the schemas" />;
  if (items.length === 0) return isFiltered ? <NoMatches /> : <NoSchemas />;
  return (
    <>
      {view === "rows" ? (
        <SchemaRows schemas={items} acts={acts} />
      ) : (
        <SchemaCards schemas={items} acts={acts} />
      )}
      {schemas.hasNextPage && (
        <Button
          mt={16}
          variant="default"
          loading={schemas.isFetchingNextPage}
          onClick={() => void schemas.fetchNextPage()}
        >
          Show more schemas
        </Button>
      )}
    </>
  );
}

export function SchemasPage() {
  const [editing, setEditing] = useState<SchemaSummary>();
  const [removing, setRemoving] = useState<SchemaSummary>();
  const restore = useRestore();
  return (
    <Page title="Schemas" actions={<NewSchemaButton />}>
      <SchemasToolbar />
      <SchemaList acts={{ onEdit: setEditing, onRemove: setRemoving, onRestore: restore }} />
      {editing !== undefined && (
        <EditDetails schema={editing} onClose={() => setEditing(undefined)} />
      )}
      {removing !== undefined && (
        <OutOfUse schema={removing} onClose={() => setRemoving(undefined)} />
      )}
    </Page>
  );
}
