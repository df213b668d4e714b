/** What `generateExportConfig` takes: the parts of an editor's multicam state that matter here. */

/** A camera's view of the scene. */
export interface Angle {
  id: string;
  name: string;
  mediaId: string;
  /** Seconds of the camera's file at which the clip's second 0 is; below 0 the camera began later. */
  syncOffset: number | null;
}

/** From `time` on, seconds of the clip, the angle is on. */
export interface SwitchPoint {
  time: number | null;
  angleId: string;
}

export interface MulticamClip {
  id: string;
  angles: readonly Angle[];
  switchPoints: readonly SwitchPoint[];
  /** Seconds. */
  duration: number | null;
}

/** A file of the media library; the numbers are what the editor believes of it. */
export interface MediaAsset {
  id: string;
  name: string;
  width?: number | null;
  height?: number | null;
  duration?: number | null;
  fps?: number | null;
  hasAudio?: boolean | null;
}

export interface Project {
  metadata: { id: string; name: string };
  settings: { fps: number; canvasSize: { width: number; height: number } };
}

export interface MulticamState {
  multicam: { clips: readonly MulticamClip[]; activeClipId: string | null };
  assets: readonly MediaAsset[];
  project: Project | null;
}
