/** The one place that speaks HTTP: session cookie, tenant, errors. */
import { errorFrom, unreachable } from "./errors";

export interface RequestOptions {
  readonly method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** The tenant the call is about; a person may have several. */
  readonly tenantId?: string;
  /** A value to send as JSON. */
  readonly body?: unknown;
  /** JSON already written; for rows and documents whose digits must not be touched. */
  readonly rawBody?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

type Listener = () => void;
let onSignedOut: Listener | undefined;

/** Who to tell when the server no longer knows the session. */
export function listenForSignOut(listener: Listener): void {
  onSignedOut = listener;
}

function headersOf(options: RequestOptions): Headers {
  const headers = new Headers({ Accept: "application/json", "X-Tenanta-Client": "web" });
  if (options.tenantId !== undefined) headers.set("X-Tenant-Id", options.tenantId);
  if (options.method !== undefined && options.method !== "GET")
    headers.set("Content-Type", "application/json");
  for (const [name, value] of Object.entries(options.headers ?? {})) headers.set(name, value);
  return headers;
}

/** Sends a request and gives back the successful answer; anything else is thrown as an `ApiError`. */
export async function send(path: string, options: RequestOptions = {}): Promise<Response> {
  const body =
    options.rawBody ?? (options.body === undefined ? null : JSON.stringify(options.body));
  let response: Response;
  try {
    response = await fetch(path, {
      method: options.method ?? "GET",
      credentials: "include",
      headers: headersOf(options),
      body,
      signal: options.signal ?? null,
    });
  } catch (error) {
    if (options.signal?.aborted === true) throw error;
    throw unreachable();
  }
  if (response.ok) return response;
  const error = await errorFrom(response);
  if (error.status === 401 && !path.startsWith("/api/auth/")) onSignedOut?.();
  throw error;
}

/** Sends a request and reads its JSON answer. */
export async function call<Answer>(path: string, options: RequestOptions = {}): Promise<Answer> {
  const response = await send(path, options);
  return (await response.json()) as Answer;
}

/** A path with its parts percent-encoded: `` path`/api/schemas/${id}` ``. */
export function path(literals: TemplateStringsArray, ...parts: readonly string[]): string {
  return literals.reduce((text, literal, index) => {
    const part = parts[index];
    return text + literal + (part === undefined ? "" : encodeURIComponent(part));
  }, "");
}

/** Adds the parameters that have a value. */
export function withQuery(
  base: string,
  query: Readonly<Record<string, string | number | undefined>>,
): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== "") params.set(name, String(value));
  }
  const text = params.toString();
  return text === "" ? base : `${base}?${text}`;
}
