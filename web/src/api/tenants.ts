/** Tenants, their members and their keys. */
import { queryOptions } from "@tanstack/react-query";
import { call, path, send, withQuery } from "./client";
import type { AddedMember, ApiKey, CreatedApiKey, Member, Page, Role, Tenant } from "./types";

/** The most that one list of people or keys asks for. */
const LIST_LIMIT = 200;

export async function createTenant(name: string): Promise<Tenant> {
  return call<Tenant>("/api/tenants", { method: "POST", body: { name } });
}

export async function renameTenant(id: string, name: string): Promise<void> {
  await send(path`/api/tenants/${id}`, { method: "PATCH", body: { name } });
}

export function membersQuery(tenantId: string) {
  return queryOptions({
    queryKey: ["tenant", tenantId, "members"],
    queryFn: ({ signal }) =>
      call<Page<Member>>(withQuery(path`/api/tenants/${tenantId}/members`, { limit: LIST_LIMIT }), {
        signal,
      }),
  });
}

export interface NewMember {
  readonly email: string;
  readonly role: Role;
  /** With it, the administrator of the server makes an account where there is none. */
  readonly name?: string;
}

export async function addMember(tenantId: string, member: NewMember): Promise<AddedMember> {
  return call(path`/api/tenants/${tenantId}/members`, { method: "POST", body: member });
}

export async function changeMember(tenantId: string, userId: string, role: Role): Promise<void> {
  await send(path`/api/tenants/${tenantId}/members/${userId}`, { method: "PATCH", body: { role } });
}

export async function removeMember(tenantId: string, userId: string): Promise<void> {
  await send(path`/api/tenants/${tenantId}/members/${userId}`, { method: "DELETE" });
}

export function keysQuery(tenantId: string) {
  return queryOptions({
    queryKey: ["tenant", tenantId, "keys"],
    queryFn: ({ signal }) =>
      call<Page<ApiKey>>(
        withQuery(path`/api/tenants/${tenantId}/api-keys`, { limit: LIST_LIMIT }),
        {
          signal,
        },
      ),
  });
}

export interface NewKey {
  readonly name: string;
  readonly role: Role;
  readonly schemas?: readonly string[];
  readonly expiresAt?: string;
}

export async function createKey(tenantId: string, key: NewKey): Promise<CreatedApiKey> {
  return call(path`/api/tenants/${tenantId}/api-keys`, { method: "POST", body: key });
}

export async function revokeKey(tenantId: string, keyId: string): Promise<void> {
  await send(path`/api/tenants/${tenantId}/api-keys/${keyId}`, { method: "DELETE" });
}
