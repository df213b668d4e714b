/** What goes wrong, for a person and for a program. */
import type { Fault, Problem } from "./contract.js";

export interface ExportErrorFacts {
  /** The HTTP status; null where no answer came. */
  status?: number | null;
  faults?: readonly Fault[];
  /** Seconds after which to ask again, where the service says so. */
  retryAfter?: number | null;
  cause?: unknown;
}

/**
 * `message` is a sentence for a person, `code` is stable and for programs.
 *
 * Codes are the service's (docs/errors.md) and three of the client's own: `unreachable` (no answer
 * came), `not_understood` (an answer that is not the service's), and `invalid_edit`
 * (`generateExportConfig` refuses; `faults` say where).
 */
export class ExportError extends Error {
  override readonly name = "ExportError";
  readonly status: number | null;
  readonly faults: readonly Fault[];
  readonly retryAfter: number | null;

  constructor(
    readonly code: string,
    message: string,
    facts: ExportErrorFacts = {},
  ) {
    super(message, { cause: facts.cause });
    this.status = facts.status ?? null;
    this.faults = facts.faults ?? [];
    this.retryAfter = facts.retryAfter ?? null;
  }

  /** Whether the same call may do better a little later. */
  get isPassing(): boolean {
    return this.status === null
      ? this.code === "unreachable"
      : this.status === 429 || this.status >= 500;
  }
}

/** The error that an answer other than 2xx means; proxies answer without our problem+json. */
export async function errorOf(answer: Response): Promise<ExportError> {
  const body: Partial<Problem> | null = await answer.json().catch(() => null);
  const seconds = Number.parseFloat(answer.headers.get("Retry-After") ?? "");
  const facts = {
    status: answer.status,
    faults: Array.isArray(body?.errors) ? body.errors : [],
    retryAfter: Number.isFinite(seconds) ? seconds : null,
  };
  if (typeof body?.code === "string" && typeof body.error === "string") {
    return new ExportError(body.code, body.error, facts);
  }
  const sentence = `The export service answered in a way that was not understood (HTTP ${answer.status}).`;
  return new ExportError("not_understood", sentence, facts);
}
