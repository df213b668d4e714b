/** The calls of the service, one function each. */
import {
  type Accepted,
  type Cancelled,
  type ExportConfig,
  type ExportStatus,
  isOver,
} from "./contract.js";
import { ExportError, errorOf } from "./errors.js";

/** Where the service is and who asks. */
export interface Service {
  /** Default: the page's own origin. */
  baseUrl?: string;
  /** An API key or a token, sent as `Authorization: Bearer`; a function is asked before every call. */
  credential?: string | (() => string | Promise<string>);
  /** Instead of the global one. */
  fetch?: typeof globalThis.fetch;
}

export interface CallOptions {
  service?: Service;
  signal?: AbortSignal;
}

/** The address of `path` at the service; absolute where the base is. */
export function addressOf(path: string, service: Service = {}): string {
  return /^https?:/.test(path) ? path : (service.baseUrl ?? "").replace(/\/+$/, "") + path;
}

/** The path of an export's `what`: `status`, `events`, `retry`, `download`, or the export itself. */
export function pathOf(jobId: string, what = ""): string {
  return `/api/export/${encodeURIComponent(jobId)}${what && `/${what}`}`;
}

/**
 * The answer of the service to one request.
 *
 * Throws ExportError for whatever is not 2xx or never came; an abort of `signal` as it is.
 */
export async function ask(
  path: string,
  { service = {}, signal }: CallOptions,
  init: RequestInit = {},
): Promise<Response> {
  const headers = new Headers(init.headers);
  const { credential } = service;
  const key = typeof credential === "function" ? await credential() : credential;
  if (key) headers.set("Authorization", `Bearer ${key}`);
  const fetch = service.fetch ?? globalThis.fetch;
  let answer: Response;
  try {
    answer = await fetch(addressOf(path, service), { ...init, headers, signal: signal ?? null });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new ExportError("unreachable", "The export service cannot be reached.", { cause });
  }
  if (!answer.ok) throw await errorOf(answer);
  return answer;
}

async function askJson<T>(path: string, options: CallOptions, init?: RequestInit): Promise<T> {
  const answer = await ask(path, options, init);
  try {
    return (await answer.json()) as T;
  } catch (cause) {
    if (options.signal?.aborted) throw cause;
    const sentence = "The export service answered in a way that was not understood.";
    throw new ExportError("not_understood", sentence, { status: answer.status, cause });
  }
}

/** Asks for an export; the same config again is the same export, also when the first answer was lost. */
export function submitExport(
  config: ExportConfig,
  options: CallOptions = {},
): Promise<Accepted | ExportStatus> {
  const body = JSON.stringify(config);
  const headers = { "Content-Type": "application/json" };
  return askJson("/api/export", options, { method: "POST", headers, body });
}

/** How an export stands now. */
export function exportStatus(jobId: string, options: CallOptions = {}): Promise<ExportStatus> {
  return askJson(pathOf(jobId, "status"), options);
}

/** Ends an export and deletes what it made, also when it was completed. */
export function cancelExport(jobId: string, options: CallOptions = {}): Promise<Cancelled> {
  return askJson(pathOf(jobId), options, { method: "DELETE" });
}

/** Runs a failed or cancelled export again under the same id. */
export function retryExport(jobId: string, options: CallOptions = {}): Promise<Accepted> {
  return askJson(pathOf(jobId, "retry"), options, { method: "POST" });
}

/** The address of a finished export's file, which a browser can follow without a key. */
export async function downloadUrl(jobId: string, options: CallOptions = {}): Promise<string> {
  const status = await exportStatus(jobId, options);
  if (!status.downloadUrl) {
    const sentence = isOver(status) ? status.message : "The export is not ready yet.";
    throw new ExportError(status.errorCode ?? "not_completed", sentence, { status: 409 });
  }
  return addressOf(status.downloadUrl, options.service);
}

/** Has the browser save a finished export's file; resolves when that has begun. */
export async function downloadExport(jobId: string, options: CallOptions = {}): Promise<void> {
  const link = document.createElement("a");
  link.href = await downloadUrl(jobId, options);
  link.download = "";
  document.body.append(link);
  link.click();
  link.remove();
}
