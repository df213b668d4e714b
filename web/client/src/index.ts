/** The client of the multicam export service. */
export * from "./contract.js";
export { ExportError, type ExportErrorFacts } from "./errors.js";
export { type Generated, type GenerateOptions, generateExportConfig } from "./generate.js";
export type {
  Angle,
  MediaAsset,
  MulticamClip,
  MulticamState,
  Project,
  SwitchPoint,
} from "./multicam.js";
export {
  type CallOptions,
  cancelExport,
  downloadExport,
  downloadUrl,
  exportStatus,
  retryExport,
  type Service,
  submitExport,
} from "./service.js";
export { type WatchOptions, watchExport } from "./watch.js";
