/** The cache of the server's answers. */
import { QueryClient } from "@tanstack/react-query";
import { ApiError } from "../api/errors";

/** How long an answer is taken as fresh. */
const FRESH_MS = 5_000;
/** How often a failing question is asked again by itself. */
const RETRIES = 2;

/** Only what may pass by itself is tried again: a server that is away or overloaded. */
function shouldRetry(failures: number, error: unknown): boolean {
  if (failures >= RETRIES) return false;
  return error instanceof ApiError && (error.status === 0 || error.status >= 502);
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: FRESH_MS, retry: shouldRetry },
    mutations: { retry: false },
  },
});
