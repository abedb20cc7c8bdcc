/** The tenant the page is about, and the person who looks at it. */
import { getRouteApi } from "@tanstack/react-router";
import type { Me, Tenant } from "../api/types";

const route = getRouteApi("/t/$tenant");

export interface TenantContext {
  readonly tenant: Tenant;
  readonly me: Me;
  /** The tenant as it stands in addresses. */
  readonly tenantParam: string;
  /** May change members. */
  readonly isOwner: boolean;
  /** May change schemas, projects and keys. */
  readonly canManage: boolean;
  /** May write rows. */
  readonly canWrite: boolean;
}

export function useTenant(): TenantContext {
  const { tenant, me } = route.useRouteContext();
  const canManage = tenant.role === "owner" || tenant.role === "admin";
  return {
    tenant,
    me,
    tenantParam: String(tenant.number),
    isOwner: tenant.role === "owner",
    canManage,
    canWrite: canManage || tenant.role === "editor",
  };
}
