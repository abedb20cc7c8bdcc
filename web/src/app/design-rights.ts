/**
 * Who may make and change schemas: owners and admins of the tenant, and the owners of a project in
 * theirs. The server decides; this only keeps what it would refuse from being offered.
 */
import { useQuery } from "@tanstack/react-query";
import { projectsQuery } from "../api/projects";
import type { Project } from "../api/types";
import { useTenant } from "./tenant";

export interface DesignRights {
  /** The projects one may make schemas in, as far as they are known yet. */
  readonly projects: readonly Project[];
  readonly mayCreate: boolean;
  readonly mayChange: (schema: { readonly projectId: string }) => boolean;
}

export function useDesignRights(): DesignRights {
  const { tenant, me, canManage } = useTenant();
  const { data } = useQuery(projectsQuery(tenant.id));
  const all = data?.items ?? [];
  const projects = canManage ? all : all.filter(({ owners }) => owners.includes(me.user.id));
  return {
    projects,
    mayCreate: canManage || projects.length > 0,
    mayChange: ({ projectId }) => canManage || projects.some(({ id }) => id === projectId),
  };
}
