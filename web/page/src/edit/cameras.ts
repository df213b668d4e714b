/** How cameras lie on the programme's time, and where the programme begins and ends. */
import type { Camera, Edit, Rate } from "./edit.ts";
import { firstFrameFrom, nearestFrame, rateOf, secondsOf } from "./rate.ts";
import { normal } from "./switches.ts";

export const FEWEST_CAMERAS = 2;
export const MOST_CAMERAS = 6;
const ROUNDED_FRAMES = 3;

/** Frames of the programme, [start, end). */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Times are kept to the nanosecond, as the client writes them into a config. */
function exact(seconds: number): number {
  return Number(seconds.toFixed(9));
}

/**
 * The offset that counts: to the nearest frame of the camera.
 *
 * The service shows whole frames of a source and takes the one that has begun. Without this a camera that
 * begins 0.9 frames later would be shown almost a whole frame off; so it is half of one at most, and every
 * frame of the preview is the very frame of the export.
 */
export function shift({ fps, offset }: Pick<Camera, "fps" | "offset">): number {
  if (fps === null) return exact(offset);
  const rate = rateOf(fps);
  return exact(secondsOf(nearestFrame(offset, rate), rate));
}

/** The programme's frames of which the camera has a picture. */
export function spanOf(camera: Camera, rate: Rate): Span {
  const begin = -shift(camera);
  return {
    start: firstFrameFrom(begin, rate),
    end: firstFrameFrom(begin + camera.seconds, rate),
  };
}

function overlap(spans: readonly Span[]): Span {
  return {
    start: Math.max(...spans.map(({ start }) => start)),
    end: Math.min(...spans.map(({ end }) => end)),
  };
}

/** From the first picture of any camera to the last one. */
export function wholeSpan(edit: Edit): Span {
  const spans = edit.cameras.map((camera) => spanOf(camera, edit.rate));
  return {
    start: Math.min(...spans.map(({ start }) => start)),
    end: Math.max(...spans.map(({ end }) => end)),
  };
}

/** Where all cameras have a picture; where that is nowhere, where any has one. */
export function commonSpan(edit: Edit): Span {
  const common = overlap(edit.cameras.map((camera) => spanOf(camera, edit.rate)));
  return common.end > common.start ? common : wholeSpan(edit);
}

/**
 * The programme begins and ends elsewhere: frame `start` becomes frame 0.
 *
 * Switches stay with the pictures. Those that are cut off are gone, who is on at the new start is on from
 * there; where the programme becomes longer, its first and last camera go on.
 */
export function trim(edit: Edit, { start, end }: Span): Edit {
  if (end <= start || (start === 0 && end === edit.frames)) return edit;
  const by = secondsOf(start, edit.rate);
  const frames = end - start;
  const moved = edit.switches.map(({ frame, camera }) => ({ frame: frame - start, camera }));
  return {
    ...edit,
    frames,
    cameras: edit.cameras.map((camera) => ({ ...camera, offset: exact(camera.offset + by) })),
    switches: normal(moved, frames),
  };
}

/**
 * Whether the programme is where all cameras have a picture. With several rates a frame or two of one are
 * rounded away differently once the programme begins elsewhere.
 */
function isCommon(edit: Edit): boolean {
  const { start, end } = commonSpan(edit);
  return Math.abs(start) <= ROUNDED_FRAMES && Math.abs(end - edit.frames) <= ROUNDED_FRAMES;
}

/** The programme where all cameras have a picture. */
export function fit(edit: Edit): Edit {
  return trim(edit, commonSpan(edit));
}

/**
 * The first camera's rate; but where that is 30 and another camera has 29.97, that one: `fps: 30` of a
 * config may mean 29.97, and 29.97 always does.
 */
function rateFor(cameras: readonly Camera[], first: Camera): Rate {
  const rate = rateOf(first.fps);
  const twin = { num: rate.num * 1000, den: 1001 };
  const hasTwin = cameras.some(({ fps }) => rate.den === 1 && isSame(rateOf(fps), twin));
  return hasTwin ? twin : rate;
}

function isSame(one: Rate, other: Rate): boolean {
  return one.num === other.num && one.den === other.den;
}

/**
 * A new edit: the first camera is on throughout, at its rate.
 *
 * The programme spans what all cameras have, so that whoever is switched to is there.
 */
export function newEdit(cameras: readonly Camera[], name = "Untitled"): Edit {
  const [first] = cameras;
  if (!first || cameras.length < FEWEST_CAMERAS || cameras.length > MOST_CAMERAS) {
    throw new RangeError(`An edit has ${FEWEST_CAMERAS} to ${MOST_CAMERAS} cameras.`);
  }
  const rate = rateFor(cameras, first);
  const frames = Math.max(1, firstFrameFrom(first.seconds, rate));
  const switches = [{ frame: 0, camera: first.id }];
  return fit({ version: 1, name, rate, frames, cameras, switches });
}

/** One camera's offset, and nothing else. */
export function setOffset(edit: Edit, camera: string, offset: number): Edit {
  if (!Number.isFinite(offset)) return edit;
  return {
    ...edit,
    cameras: edit.cameras.map((one) =>
      one.id === camera ? { ...one, offset: exact(offset) } : one,
    ),
  };
}

/** How many seconds later than the first camera this one began; negative: earlier. */
export function lagOf(edit: Edit, camera: Camera): number {
  return exact((edit.cameras[0] as Camera).offset - camera.offset);
}

/**
 * Cameras that began so many seconds after the first one, by their ids; others stay where they are.
 *
 * The first camera stays on the programme's time, and switches with it. A programme that spanned what all
 * cameras have does so again; one that was trimmed by hand stays.
 */
export function setLags(edit: Edit, lags: Readonly<Record<string, number>>): Edit {
  const [first] = edit.cameras as readonly [Camera];
  const wasWhole = isCommon(edit);
  const moved = {
    ...edit,
    cameras: edit.cameras.map((camera) => {
      const lag = camera === first ? undefined : lags[camera.id];
      if (lag === undefined || !Number.isFinite(lag)) return camera;
      return { ...camera, offset: exact(first.offset - lag) };
    }),
  };
  return wasWhole ? fit(moved) : moved;
}

/** Whether some camera has fewer or more frames a second than the programme. */
export function hasOtherRates(edit: Edit): boolean {
  return edit.cameras.some(({ fps }) => fps !== null && !isSame(rateOf(fps), edit.rate));
}
