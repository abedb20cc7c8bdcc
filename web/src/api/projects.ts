/** Projects: groups of schemas inside a tenant. */
import { queryOptions } from "@tanstack/react-query";
import { call, path, send, withQuery } from "./client";
import type { Page, Project } from "./types";

/** The most projects one list asks for. */
const LIST_LIMIT = 200;

export function projectsQuery(tenantId: string) {
  return queryOptions({
    queryKey: ["tenant", tenantId, "projects"],
    queryFn: ({ signal }) =>
      call<Page<Project>>(withQuery("/api/projects", { limit: LIST_LIMIT }), { tenantId, signal }),
  });
}

export interface ProjectText {
  readonly name: string;
  readonly description?: string;
}

export async function createProject(tenantId: string, project: ProjectText): Promise<Project> {
  return call("/api/projects", { method: "POST", tenantId, body: project });
}

export async function changeProject(
  tenantId: string,
  id: string,
  project: ProjectText,
): Promise<void> {
  await send(path`/api/projects/${id}`, { method: "PATCH", tenantId, body: project });
}

export async function deleteProject(tenantId: string, id: string): Promise<void> {
  await send(path`/api/projects/${id}`, { method: "DELETE", tenantId });
}
