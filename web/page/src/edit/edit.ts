/** What is edited, as values: nothing here knows of a page. */

/** A camera of an edit: a source, and how it lies on the programme's time. */
export interface Camera {
  /** Stable in the edit: "c1", ... */
  id: string;
  /** `filePath` of a config, such as "wide.mp4". */
  source: string;
  /** What people read. */
  name: string;
  /** Of the source. */
  seconds: number;
  width: number;
  height: number;
  /** As the service tells it; null where it is not known. */
  fps: number | null;
  hasSound: boolean;
  /** Seconds of the camera's file at which the programme's second 0 is; below 0 it began later. */
  offset: number;
}

/** From `frame` of the programme on, `camera` is on. */
export interface Switch {
  frame: number;
  camera: string;
}

/** Frames per second as a fraction: 30000 / 1001 is not 29.97. */
export interface Rate {
  num: number;
  den: number;
}

/** What is edited: never changed, only made anew. Frames count at `rate`. */
export interface Edit {
  version: 1;
  name: string;
  /** Programme frames per second, from the first camera. */
  rate: Rate;
  /** Length of the programme. */
  frames: number;
  /** 2 to 6. */
  cameras: readonly Camera[];
  /** The first at frame 0; ascending; neighbours differ. */
  switches: readonly Switch[];
}

/** A camera before it has a place in an edit. */
export type Picked = Omit<Camera, "id" | "offset">;

export const FEWEST_CAMERAS = 2;
export const MOST_CAMERAS = 6;

/** An edit of these cameras, in this order, the first one on from beginning to end. */
export function newEdit(picked: readonly Picked[], name = "Untitled"): Edit {
  const cameras = picked.map((camera, index) => ({ ...camera, id: `c${index + 1}`, offset: 0 }));
  const rate = rateOf(cameras[0]?.fps ?? null);
  const seconds = Math.max(0, ...cameras.map((camera) => camera.seconds));
  return {
    version: 1,
    name,
    rate,
    frames: Math.max(1, Math.floor((seconds * rate.num) / rate.den)),
    cameras,
    switches: [{ frame: 0, camera: "c1" }],
  };
}

/** The edit with one camera's offset set. */
export function setOffset(edit: Edit, cameraId: string, offset: number): Edit {
  const cameras = edit.cameras.map((camera) =>
    camera.id === cameraId ? { ...camera, offset } : camera,
  );
  return { ...edit, cameras };
}

/** The fraction that a rate told as a number stands for: 23.976, 29.97 and 59.94 are NTSC's. */
export function rateOf(fps: number | null): Rate {
  if (fps === null || !(fps > 0)) return { num: 30, den: 1 };
  const whole = Math.round(fps);
  if (Math.abs(fps - whole) < 1e-3) return { num: whole, den: 1 };
  if (Math.abs(fps - (whole * 1000) / 1001) < 1e-3) return { num: whole * 1000, den: 1001 };
  return { num: Math.round(fps * 1000), den: 1000 };
}
