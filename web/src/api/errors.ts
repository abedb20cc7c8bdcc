/** The one error of the API: what the server refused, or that it could not be reached. */
import type { Problem } from "./types";

interface ProblemBody {
  readonly title?: string;
  readonly status?: number;
  readonly detail?: string;
  readonly code?: string;
  readonly requestId?: string;
  readonly path?: string;
  readonly hint?: string;
  readonly problems?: readonly Problem[];
}

export class ApiError extends Error {
  /** The HTTP status, or 0 when no answer came. */
  readonly status: number;
  /** The server's stable code. */
  readonly code: string;
  readonly title: string;
  readonly hint: string | undefined;
  /** What the refusal concerns: a column, a place in a document. */
  readonly path: string | undefined;
  readonly problems: readonly Problem[];
  readonly requestId: string | undefined;

  constructor(status: number, body: ProblemBody) {
    super(body.detail ?? body.title ?? "The server gave no reason.");
    this.name = "ApiError";
    this.status = status;
    this.code = body.code ?? "unknown";
    this.title = body.title ?? "The server refused this";
    this.hint = body.hint;
    this.path = body.path;
    this.problems = body.problems ?? [];
    this.requestId = body.requestId;
  }
}

/** No answer came: the server is away, or the network is. */
export function unreachable(): ApiError {
  return new ApiError(0, {
    code: "unreachable",
    title: "The server cannot be reached",
    detail: "No answer came from the server.",
    hint: "Check that it is running and that you are online, then try again.",
  });
}

/** Reads an answer that is not a success. */
export async function errorFrom(response: Response): Promise<ApiError> {
  const text = await response.text().catch(() => "");
  try {
    return new ApiError(response.status, JSON.parse(text) as ProblemBody);
  } catch {
    return new ApiError(response.status, {
      code: "unreadable",
      title: "The server answered with something unexpected",
      detail: `The answer had status ${response.status} and no explanation.`,
      hint: "Try again; if it stays, look into the server's log.",
      ...requestIdOf(response),
    });
  }
}

function requestIdOf(response: Response): { requestId?: string } {
  const requestId = response.headers.get("x-request-id");
  return requestId === null ? {} : { requestId };
}

/** What a person should read about any error. */
export interface FailureText {
  readonly title: string;
  readonly detail: string;
  readonly hint?: string;
  readonly requestId?: string;
}

/** Puts an error into words; a fault of our own is told as one. */
export function describeError(error: unknown): FailureText {
  if (!(error instanceof ApiError)) {
    return {
      title: "Something in this page broke",
      detail: error instanceof Error ? error.message : String(error),
      hint: "Reload the page; nothing on the server has changed.",
    };
  }
  // A refusal explains itself; only a fault has to be looked up in the log.
  const isFault = error.status >= 500;
  return {
    title: error.title,
    detail: error.message,
    ...(error.hint === undefined ? {} : { hint: error.hint }),
    ...(isFault && error.requestId !== undefined ? { requestId: error.requestId } : {}),
  };
}

/** One line for a notification or below a form. */
export function errorLine(error: unknown): string {
  const { detail, hint } = describeError(error);
  return hint === undefined ? detail : `${detail} ${hint}`;
}
