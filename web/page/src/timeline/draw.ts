/** Draws the timeline: what is visible, and no more. The playhead is not in it, so that it costs nothing. */
import { type Span, shift, spanOf } from "../edit/cameras.ts";
import { cameraOf, type Edit, numberOf, type Switch } from "../edit/edit.ts";
import { secondsOf } from "../edit/rate.ts";
import { type Peaks, peakBetween } from "./peaks.ts";
import { marks } from "./ruler.ts";
import { frameAtX, type View, visible, xOf } from "./view.ts";

/** Heights in pixels, from above. */
export const RULER = 24;
export const LANE = 46;
export const WAVE = 56;
/** Of the strip that says black. */
const GAP = 12;
export const HEIGHT = RULER + LANE + WAVE;

/** Colours as the page's style has them. */
export interface Palette {
  readonly ground: string;
  readonly line: string;
  readonly faint: string;
  readonly ink: string;
  readonly chosen: string;
  readonly black: string;
  readonly font: string;
  /** By the camera's number, from 1. */
  readonly cameras: readonly { readonly fill: string; readonly ink: string }[];
}

export interface Scene {
  readonly edit: Edit;
  readonly view: View;
  /** By camera. */
  readonly peaks: ReadonlyMap<string, Peaks>;
  /** Whose sound is heard throughout, or null: that of whoever is on. */
  readonly heard: string | null;
  /** The frame of the switch that is chosen, or null. */
  readonly chosen: number | null;
  readonly palette: Palette;
}

/** A block that is narrower shows no number, and no name. */
const NUMBER_PIXELS = 16;
const NAME_PIXELS = 80;
/** What stands at a mark is not wider. */
const LABEL_PIXELS = 76;

export function draw(context: CanvasRenderingContext2D, scene: Scene): void {
  const { view, palette } = scene;
  context.fillStyle = palette.ground;
  context.fillRect(0, 0, view.width, HEIGHT);
  drawRuler(context, scene);
  drawBlocks(context, scene);
  drawWave(context, scene);
}

function drawRuler(context: CanvasRenderingContext2D, { edit, view, palette }: Scene): void {
  context.font = `11px ${palette.font}`;
  context.textBaseline = "top";
  for (const { frame, label } of marks(view, edit.rate, edit.frames)) {
    const x = Math.round(xOf(view, frame));
    context.fillStyle = label === null ? palette.faint : palette.line;
    context.fillRect(x, label === null ? RULER - 5 : 0, 1, label === null ? 5 : RULER);
    context.fillStyle = palette.ink;
    const hasRoom = x + LABEL_PIXELS < view.width;
    if (label !== null && hasRoom) context.fillText(label, x + 4, 5);
  }
}

function drawBlocks(context: CanvasRenderingContext2D, scene: Scene): void {
  const { edit, view, palette, chosen } = scene;
  const { first, last } = visible(edit.switches, view);
  const spans = edit.cameras.map((camera) => spanOf(camera, edit.rate));
  context.textBaseline = "middle";
  for (let index = first; index <= last; index++) {
    const { frame, camera } = edit.switches[index] as Switch;
    const end = edit.switches[index + 1]?.frame ?? edit.frames;
    const left = Math.max(-2, Math.round(xOf(view, frame)));
    const right = Math.min(view.width + 2, Math.round(xOf(view, end)));
    const number = numberOf(edit, camera);
    const colours = palette.cameras[number - 1];
    if (!colours) continue;
    const width = Math.max(1, right - left);
    context.fillStyle = colours.fill;
    context.fillRect(left, RULER, width, LANE);
    drawGaps(context, scene, spans[number - 1] as Span, left, left + width);
    if (width >= NUMBER_PIXELS) {
      context.fillStyle = colours.ink;
      context.font = `700 15px ${palette.font}`;
      context.fillText(String(number), Math.max(left, 0) + 6, RULER + LANE / 2);
      if (width >= NAME_PIXELS) {
        context.font = `12px ${palette.font}`;
        const name = cameraOf(edit, camera).name;
        const room = width - 34;
        context.fillText(shortened(name, room), Math.max(left, 0) + 24, RULER + LANE / 2);
      }
      if (index > 0) drawGrip(context, palette, left);
    }
    if (frame === chosen) {
      context.strokeStyle = palette.chosen;
      context.lineWidth = 3;
      context.strokeRect(left + 1.5, RULER + 1.5, Math.max(width - 3, 1), LANE - 3);
    }
  }
}

/** The edge that one takes hold of. */
function drawGrip(context: CanvasRenderingContext2D, palette: Palette, x: number): void {
  context.fillStyle = palette.ground;
  context.fillRect(x - 1, RULER, 2, LANE);
  context.fillStyle = palette.black;
  context.fillRect(x - 2, RULER + 6, 4, 12);
}

/** Where the camera that is on has no picture the programme is black, and so is the block's foot. */
function drawGaps(
  context: CanvasRenderingContext2D,
  { view, palette }: Scene,
  { start, end }: Span,
  left: number,
  right: number,
): void {
  const begin = Math.min(right, Math.round(xOf(view, start)));
  const past = Math.max(left, Math.round(xOf(view, end)));
  const top = RULER + LANE - GAP;
  context.fillStyle = palette.black;
  if (begin > left) context.fillRect(left, top, begin - left, GAP);
  if (past < right) context.fillRect(past, top, right - past, GAP);
}

/** About as much of a name as has room: measuring each would cost more than all else here. */
function shortened(name: string, pixels: number): string {
  const most = Math.floor(pixels / 6.5);
  return name.length <= most ? name : `${name.slice(0, Math.max(0, most - 1))}…`;
}

function drawWave(context: CanvasRenderingContext2D, scene: Scene): void {
  const { edit, view, palette, peaks, heard } = scene;
  const top = RULER + LANE;
  const middle = top + WAVE / 2;
  const half = WAVE / 2 - 3;
  context.fillStyle = palette.faint;
  context.fillRect(0, middle, view.width, 1);
  const { first, last } = visible(edit.switches, view);
  for (let index = first; index <= last; index++) {
    const one = edit.switches[index] as Switch;
    const camera = cameraOf(edit, heard ?? one.camera);
    const levels = peaks.get(camera.id);
    const colours = palette.cameras[numberOf(edit, camera.id) - 1];
    if (!levels || !colours) continue;
    const end = edit.switches[index + 1]?.frame ?? edit.frames;
    const left = Math.max(0, Math.round(xOf(view, one.frame)));
    const right = Math.min(view.width, Math.round(xOf(view, end)));
    const offset = shift(camera);
    const perPixel = secondsOf(view.framesPerPixel, edit.rate);
    const begin = secondsOf(view.start, edit.rate) + offset;
    context.fillStyle = colours.fill;
    context.beginPath();
    for (let x = left; x < right; x++) {
      const pair = peakBetween(levels, begin + x * perPixel, begin + (x + 1) * perPixel);
      if (!pair) continue;
      const high = middle - Math.min(1, pair[1] * levels.gain) * half;
      const low = middle - Math.max(-1, pair[0] * levels.gain) * half;
      context.rect(x, high, 1, Math.max(1, low - high));
    }
    context.fill();
  }
  const past = Math.min(view.width, xOf(view, edit.frames));
  if (past < view.width && frameAtX(view, view.width) > edit.frames) {
    context.fillStyle = palette.ground;
    context.fillRect(past, top, view.width - past, WAVE);
  }
}
