/** What is edited: cameras on one time, and who is on when. Immutable: change by making another. */

/** A camera of an edit: a source, and how it lies on the programme's time. */
export interface Camera {
  /** Stable in the edit: "c1", ... */
  readonly id: string;
  /** `filePath` of a config, such as "wide.mp4". */
  readonly source: string;
  /** What people read. */
  readonly name: string;
  /** How long the source is. */
  readonly seconds: number;
  readonly width: number;
  readonly height: number;
  /** As the service tells it; null: unknown. */
  readonly fps: number | null;
  readonly hasSound: boolean;
  /** Seconds of the camera's file at which the programme's second 0 is; negative: it began later. */
  readonly offset: number;
}

/** From `frame` of the programme on, `camera` is on. */
export interface Switch {
  readonly frame: number;
  readonly camera: string;
}

/** Programme frames per second, as a fraction. */
export interface Rate {
  readonly num: number;
  readonly den: number;
}

/** Frames count at `rate`. */
export interface Edit {
  readonly version: 1;
  readonly name: string;
  /** Of the first camera, as `newEdit` has it. */
  readonly rate: Rate;
  /** Length of the programme. */
  readonly frames: number;
  /** 2 to 6. */
  readonly cameras: readonly Camera[];
  /** The first at frame 0; ascending; neighbours differ. */
  readonly switches: readonly Switch[];
}

/** The camera with that id; the caller knows that there is one. */
export function cameraOf(edit: Edit, id: string): Camera {
  const camera = edit.cameras.find((one) => one.id === id);
  if (!camera) throw new Error(`No camera ${id} in this edit.`);
  return camera;
}

/** What people call a camera by: its place, from 1; the key that switches to it. */
export function numberOf(edit: Edit, id: string): number {
  return edit.cameras.findIndex((one) => one.id === id) + 1;
}
