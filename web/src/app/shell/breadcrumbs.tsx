/** Where one is: tenant / place / schema / tab. */
import { useQuery } from "@tanstack/react-query";
import { Link, useLocation, useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { schemaQuery } from "../../api/schemas";
import { paths } from "../paths";
import { useTenant } from "../tenant";
import { PLACES, SCHEMA_TABS } from "./navigation";

function Crumbs({ children }: { readonly children: ReactNode }) {
  return (
    <nav aria-label="Breadcrumb" className="crumbs">
      <ol>{children}</ol>
    </nav>
  );
}

function SchemaCrumbs({ schemaId }: { readonly schemaId: string }) {
  const { tenant, tenantParam } = useTenant();
  const { pathname } = useLocation();
  const schema = useQuery(schemaQuery(tenant.id, schemaId));
  const last = pathname.split("/")[5] ?? "";
  const index = ["", "data", "history", "endpoints"].indexOf(last);
  return (
    <>
      <li className="clip">
        <Link {...paths.design(tenantParam, schemaId)} className="mono clip">
          {schema.data?.name ?? "…"}
        </Link>
      </li>
      <li aria-current="page">{SCHEMA_TABS[index]?.label ?? "Design"}</li>
    </>
  );
}

export function Breadcrumbs() {
  const { tenant, tenantParam } = useTenant();
  const { pathname } = useLocation();
  const { schemaId } = useParams({ strict: false });
  const place = PLACES.find(({ label }) => pathname.split("/")[3] === label.toLowerCase());
  const isDeeper = pathname.split("/").length > 4 && pathname.split("/")[4] !== "";
  return (
    <Crumbs>
      <li className="clip">
        <Link {...paths.schemas(tenantParam)}>{tenant.name}</Link>
      </li>
      {place !== undefined && (
        <li>
          {isDeeper ? (
            <Link {...place.link(tenantParam)} search={{}}>
              {place.label}
            </Link>
          ) : (
            <span aria-current="page">{place.label}</span>
          )}
        </li>
      )}
      {schemaId !== undefined && <SchemaCrumbs schemaId={schemaId} />}
      {pathname.endsWith("/schemas/new") && <li aria-current="page">New schema</li>}
    </Crumbs>
  );
}
