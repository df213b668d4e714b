/** The dry run that follows what a person chooses in the export dialog. */
import { type ReadonlySignal, signal } from "@preact/signals";
import { type ExportConfig, ExportError } from "multicam-export-client";
import { clock } from "multicam-export-client/clock";
import { isAbort } from "../api/ask.ts";
import { type Preview, planExport } from "../api/exports.ts";

export type Planning =
  | { phase: "planning" }
  | { phase: "planned"; preview: Preview }
  | { phase: "refused"; error: ExportError };

/** Somebody who goes through a menu by its arrows means the last one. */
const REST_MS = 250;
const BUSY_SECONDS = 2;

/** Plans a config; a call of `end` makes an end of it. */
export function plan(make: () => ExportConfig): {
  state: ReadonlySignal<Planning>;
  end: () => void;
} {
  const state = signal<Planning>({ phase: "planning" });
  const ended = new AbortController();
  void run();
  return { state, end: () => ended.abort() };

  async function run(): Promise<void> {
    const { signal } = ended;
    try {
      await clock.delay(REST_MS, signal);
      const preview = await patient(make(), signal);
      state.value = { phase: "planned", preview };
    } catch (error) {
      if (signal.aborted || isAbort(error)) return;
      state.value = { phase: "refused", error: asExportError(error) };
    }
  }
}

/** Other plans may be made at the moment: then it is this one's turn a little later. */
async function patient(config: ExportConfig, signal: AbortSignal): Promise<Preview> {
  while (true) {
    try {
      return await planExport(config, { signal });
    } catch (error) {
      if (!(error instanceof ExportError && error.status === 429)) throw error;
      await clock.delay(1000 * (error.retryAfter ?? BUSY_SECONDS), signal);
    }
  }
}

/** What went wrong, as the one kind of error that the page knows how to show. */
export function asExportError(error: unknown): ExportError {
  if (error instanceof ExportError) return error;
  return new ExportError("internal", error instanceof Error ? error.message : String(error));
}
