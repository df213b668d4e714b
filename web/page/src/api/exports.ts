/** What `multicam-export-client` does not do with exports: list, plan, prove. */
import type { ExportConfig, ExportStatus } from "multicam-export-client";
import { type Asking, askJson, type Schemas, sending } from "./ask.ts";

export type ExportPage = Schemas["ExportPage"];
export type Preview = Schemas["Preview"];
export type Report = Schemas["Report"];
export type { ExportStatus };

/** A page of the exports, newest first. */
export function listExports(cursor: string | null = null, asking?: Asking): Promise<ExportPage> {
  const query = new URLSearchParams({ limit: "50", ...(cursor && { cursor }) });
  return askJson(`/api/export?${query}`, asking);
}

/** What an export would be, without making it. */
export function planExport(config: ExportConfig, asking?: Asking): Promise<Preview> {
  return askJson("/api/export/validate", asking, sending(config));
}

/** The proof of a completed export. */
export function reportOf(jobId: string, asking?: Asking): Promise<Report> {
  return askJson(`/api/export/${encodeURIComponent(jobId)}/report`, asking);
}
