/** The service's own types under short names. */
import type { components } from "./generated/contract.js";

type Schemas = components["schemas"];

export type ExportConfig = Schemas["ExportConfig"];
export type OutputSpec = Schemas["OutputSpec"];
export type Segment = Schemas["Segment"];
export type SourceRef = Schemas["SourceRef"];
/** How an export stands: what /status answers and each event holds. */
export type ExportStatus = Schemas["Status"];
export type Accepted = Schemas["Accepted"];
export type Cancelled = Schemas["Cancelled"];
export type Problem = Schemas["Problem"];
/** One thing wrong, with its place, such as `segments[41].endTime`. */
export type Fault = Schemas["Fault"];

/** Whether nothing more becomes of the run. */
export function isOver(status: Pick<ExportStatus, "status">): boolean {
  return !["pending", "processing"].includes(status.status);
}
