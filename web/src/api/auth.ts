/** Who is signed in, and how to become it. */
import { queryOptions } from "@tanstack/react-query";
import { call, send } from "./client";
import { ApiError } from "./errors";
import type { Me, ServerInfo } from "./types";

export const serverQuery = queryOptions({
  queryKey: ["server"],
  queryFn: ({ signal }) => call<ServerInfo>("/api/server", { signal }),
  staleTime: Number.POSITIVE_INFINITY,
});

/** The signed-in person, or nothing. */
export const meQuery = queryOptions({
  queryKey: ["me"],
  queryFn: async ({ signal }): Promise<Me | null> => {
    try {
      return await call<Me>("/api/auth/me", { signal });
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) return null;
      throw error;
    }
  },
  staleTime: 60_000,
});

export interface Credentials {
  readonly email: string;
  readonly password: string;
}

export async function signIn(credentials: Credentials): Promise<void> {
  await send("/api/auth/login", { method: "POST", body: credentials });
}

/** Makes an account; the server signs it in at once. */
export async function register(account: Credentials & { readonly name: string }): Promise<void> {
  await send("/api/auth/register", { method: "POST", body: account });
}

export async function signOut(): Promise<void> {
  await send("/api/auth/logout", { method: "POST", body: {} });
}

export async function changePassword(currentPassword: string, newPassword: string): Promise<void> {
  await send("/api/auth/password", { method: "POST", body: { currentPassword, newPassword } });
}
