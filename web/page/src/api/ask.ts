/** Asks what `multicam-export-client` has no function for. */
import { ExportError } from "multicam-export-client";
import { ask } from "multicam-export-client/service";
import type { components } from "../generated/api.ts";
import { service } from "../session.ts";

/** The service's own types. */
export type Schemas = components["schemas"];

export interface Asking {
  signal?: AbortSignal;
}

/** The JSON that `path` answers; throws ExportError with a sentence for a person. */
export async function askJson<T>(
  path: string,
  asking: Asking = {},
  init?: RequestInit,
): Promise<T> {
  const answer = await ask(path, { ...asking, service: service.peek() }, init);
  return (await answer.json()) as T;
}

/** Sends a value as JSON. */
export function sending(value: unknown): RequestInit {
  return {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(value),
  };
}

/** What went wrong, in a sentence for a person. */
export function sentenceOf(error: unknown): string {
  if (error instanceof ExportError) return [error.message, ...further(error)].join(" ");
  return error instanceof Error ? error.message : String(error);
}

/** What else is wrong: of many faults the message is the first one's. */
function further(error: ExportError): string[] {
  return error.faults.slice(1, 4).map(({ message }) => message);
}

/** Whether it is only that somebody went away. */
export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}
