/** From an editor's multicam state to an export config: pure but for the id and the time it makes up. */
import type { ExportConfig, Fault, OutputSpec, Segment, SourceRef } from "./contract.js";
import { ExportError } from "./errors.js";
import type { Angle, MediaAsset, MulticamClip, MulticamState } from "./multicam.js";
import { fault, type Timeline, timelineOf } from "./timeline.js";

export interface GenerateOptions {
  /** Default `mp4`. */
  format?: "mp4" | "webm";
  /** Default `copy`. */
  codec?: "copy" | "h264" | "h265";
  quality?: "low" | "medium" | "high" | "very_high";
  /** Default true. */
  includeAudio?: boolean;
  /** Default: the project's; without a project 1920 x 1080 at 30. */
  width?: number;
  height?: number;
  fps?: number;
  priority?: "high" | "normal" | "low";
  /** An https address that the service tells when the export is over. */
  callbackUrl?: string;
  /** A folder before every file's name, as the service sees it. */
  mediaBasePath?: string;
  /** Where the service finds a camera's file; default: its name, in `mediaBasePath`. */
  filePath?: (asset: MediaAsset, angle: Angle) => string;
  /** Default: a new one. The same id with the same config is the same export. */
  id?: string;
  /** ISO 8601; default: now. */
  createdAt?: string;
}

export interface Generated {
  config: ExportConfig;
  /** What a person should know before it is made; nothing is changed without being told here. */
  warnings: string[];
}

/**
 * The config of the active multicam clip.
 *
 * A camera's time is the clip's time plus its sync offset. Where that lies before the camera's start or
 * after its end it stays so: the service fills it with black, and later cuts stay in sync.
 *
 * Throws ExportError `invalid_edit` with every fault and its place in the state.
 */
export function generateExportConfig(
  state: MulticamState,
  options: GenerateOptions = {},
): Generated {
  const { clips, activeClipId } = state.multicam;
  const index = clips.findIndex(({ id }) => id === activeClipId);
  const clip = clips[index];
  if (!clip) {
    throw invalid([fault("multicam.activeClipId", "unknown", "No multicam clip is chosen.")]);
  }
  const place = `multicam.clips[${index}]`;
  const timeline = timelineOf(clip, place);
  const { sources, faults } = sourcesOf(state, clip, place, options);
  if (timeline.faults.length + faults.length > 0) throw invalid([...timeline.faults, ...faults]);
  const id = options.id ?? `export-${newId()}`;
  const config: ExportConfig = {
    version: 1,
    id,
    projectId: state.project?.metadata.id ?? "",
    projectName: state.project?.metadata.name ?? "Untitled",
    createdAt: options.createdAt ?? new Date().toISOString(),
    sources,
    segments: segmentsOf(clip, timeline, options.includeAudio ?? true),
    output: outputOf(state, id, options),
    status: "pending",
  };
  if (options.priority) config.priority = options.priority;
  if (options.callbackUrl) config.callbackUrl = options.callbackUrl;
  return { config, warnings: timeline.warnings };
}

function invalid(faults: Fault[]): ExportError {
  const [first] = faults;
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : "";
  return new ExportError("invalid_edit", `${first?.message}${more}`, { faults });
}

/** `crypto.randomUUID` is there on https and localhost only. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function segmentsOf(clip: MulticamClip, { turns }: Timeline, audioFromSource: boolean): Segment[] {
  return turns.map(({ angle, start, end }) => {
    const offset = clip.angles[angle]?.syncOffset ?? 0;
    return {
      sourceIndex: angle,
      startTime: shifted(start, offset),
      endTime: shifted(end, offset),
      audioFromSource,
    };
  });
}

/** The service takes times as exact decimals: 0.1 + 0.2 has to be 0.3, or a cut may slip by a frame. */
function shifted(time: number, offset: number): number {
  return offset === 0 ? time : Number((time + offset).toFixed(9));
}

function sourcesOf(
  state: MulticamState,
  clip: MulticamClip,
  place: string,
  options: GenerateOptions,
): { sources: SourceRef[]; faults: Fault[] } {
  const sources: SourceRef[] = [];
  const faults: Fault[] = [];
  const media = new Map<string, Angle>();
  for (const [index, angle] of clip.angles.entries()) {
    const asset = state.assets.find(({ id }) => id === angle.mediaId);
    if (!asset) {
      const message = `The file of ${angle.name} is not in the media library any more.`;
      faults.push(fault(`${place}.angles[${index}].mediaId`, "unknown", message));
      continue;
    }
    const source = sourceOf(asset, angle, options);
    const other = media.get(source.filePath);
    if (other && other.mediaId !== angle.mediaId) {
      const message =
        `Two different cameras would be read from the same file, ${source.filePath}: ` +
        "rename one of the files.";
      faults.push(fault(`${place}.angles[${index}].mediaId`, "same_file", message));
    }
    media.set(source.filePath, angle);
    sources.push(source);
  }
  return { sources, faults };
}

function sourceOf(asset: MediaAsset, angle: Angle, options: GenerateOptions): SourceRef {
  const folder = options.mediaBasePath ? `${options.mediaBasePath.replace(/\/+$/, "")}/` : "";
  const filePath = options.filePath?.(asset, angle) ?? `${folder}${asset.name}`;
  const source: SourceRef = { id: asset.id, name: asset.name, filePath };
  for (const fact of ["width", "height", "duration", "fps"] as const) {
    const believed = asset[fact];
    if (typeof believed === "number" && Number.isFinite(believed)) source[fact] = believed;
  }
  return { ...source, hasAudio: asset.hasAudio ?? true };
}

function outputOf({ project }: MulticamState, id: string, options: GenerateOptions): OutputSpec {
  const format = options.format ?? "mp4";
  const output: OutputSpec = {
    filePath: `exports/${id}/output.${format}`,
    format,
    width: options.width ?? project?.settings.canvasSize.width ?? 1920,
    height: options.height ?? project?.settings.canvasSize.height ?? 1080,
    fps: options.fps ?? project?.settings.fps ?? 30,
    codec: options.codec ?? "copy",
    includeAudio: options.includeAudio ?? true,
  };
  return options.quality ? { ...output, quality: options.quality } : output;
}
