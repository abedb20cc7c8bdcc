/** One schema: what it is, and its tabs. */
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, Outlet } from "@tanstack/react-router";
import { ApiError, describeError } from "../../api/errors";
import { schemaQuery } from "../../api/schemas";
import type { Schema } from "../../api/types";
import { paths } from "../../app/paths";
import { useTenant } from "../../app/tenant";
import { Empty } from "../../ui/empty";
import { Failure } from "../../ui/failure";
import { useDocumentTitle } from "../../ui/page";
import { Skeleton } from "../../ui/skeleton";
import { Status } from "../../ui/status";
import { schemaStatus } from "./list-options";
import { SchemaHeaderActs } from "./schema-header-acts";
import "./schema-layout.css";

const route = getRouteApi("/t/$tenant/schemas/$schemaId");

function Tabs({ schemaId }: { readonly schemaId: string }) {
  const { tenantParam } = useTenant();
  const exact = { exact: true, includeSearch: false };
  const loose = { includeSearch: false };
  return (
    <nav className="schema-tabs" aria-label="Parts of the schema">
      <Link {...paths.design(tenantParam, schemaId)} activeOptions={exact} className="schema-tab">
        Design
      </Link>
      <Link {...paths.data(tenantParam, schemaId)} activeOptions={loose} className="schema-tab">
        Data
      </Link>
      <Link {...paths.history(tenantParam, schemaId)} className="schema-tab">
        History
      </Link>
      <Link
        {...paths.endpoints(tenantParam, schemaId)}
        activeOptions={loose}
        className="schema-tab"
      >
        API
      </Link>
    </nav>
  );
}

function Header({ schema }: { readonly schema: Schema }) {
  useDocumentTitle(schema.name);
  return (
    <header className="schema-header">
      <div className="schema-heading">
        <h1 className="schema-name mono clip">{schema.name}</h1>
        <Status {...schemaStatus(schema)} />
        <span className="faint numbers">Version {schema.version}</span>
        <SchemaHeaderActs schema={schema} />
      </div>
      {schema.description && <p className="schema-description">{schema.description}</p>}
    </header>
  );
}

function Gone() {
  const { tenantParam } = useTenant();
  return (
    <Empty
      title="There is no such schema here"
      actions={
        <Link {...paths.schemas(tenantParam, { status: "deleted" })} className="link">
          See the schemas out of use
        </Link>
      }
    >
      It was removed for good, it belongs to another tenant, or it was taken out of use and can be
      restored.
    </Empty>
  );
}

export function SchemaLayout() {
  const { tenant } = useTenant();
  const { schemaId } = route.useParams();
  const schema = useQuery(schemaQuery(tenant.id, schemaId));

  if (schema.isPending) {
    return (
      <div className="page page-wide">
        <Skeleton lines={5} height={56} label="Loading the schema" />
      </div>
    );
  }
  if (schema.isError && schema.data === undefined) {
    const isGone =
      schema.error instanceof ApiError &&
      (schema.error.status === 404 || schema.error.status === 410);
    return (
      <div className="page page-narrow">
        {isGone ? (
          <Gone />
        ) : (
          <Failure {...describeError(schema.error)} onRetry={() => void schema.refetch()} />
        )}
      </div>
    );
  }
  return (
    <div className="schema">
      <div className="schema-top">
        <Header schema={schema.data} />
        <Tabs schemaId={schemaId} />
      </div>
      <Outlet />
    </div>
  );
}
