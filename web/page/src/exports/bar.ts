/** The programme as a picture: which camera is on, and what of it is copied, converted or black. */

export type Way = "copied" | "converted" | "black";

/** What the picture needs of a segment of a plan or a report. */
export interface Shot {
  sourceIndex: number;
  programStart: number;
  programEnd: number;
  copiedFrames?: number;
  convertedFrames?: number;
  blackFrames?: number;
}

/** A stripe from `start` to `end` of the bar, both from 0 to 1. */
export interface Stripe<T> {
  start: number;
  end: number;
  what: T;
}

/** A column of the bar: `ways` from the bottom up, each with its share of the column. */
export type Column = Stripe<Record<Way, number>>;

/** How many columns are told apart: as many as a narrow screen can show. */
const COLUMNS = 400;

/** Which source is on when; neighbours of the same one as one, and no more stripes than one can see. */
export function cameraStripes(shots: readonly Shot[]): Stripe<number>[] {
  const frames = lengthOf(shots);
  const stripes: Stripe<number>[] = [];
  for (const shot of shots) {
    if (shot.programEnd <= shot.programStart) continue;
    const before = stripes.at(-1);
    const end = shot.programEnd / frames;
    const isTooNarrow = before && end - before.start < 1 / COLUMNS;
    if (before && (before.what === shot.sourceIndex || isTooNarrow)) before.end = end;
    else stripes.push({ start: shot.programStart / frames, end, what: shot.sourceIndex });
  }
  return stripes;
}

/**
 * What is copied, converted and black, column by column; equal neighbours as one.
 *
 * A plan says how many frames of a shot are converted, not which. Nearly all of them come before the
 * camera's first key frame, so that is where they are drawn; black is where the camera has not begun.
 */
export function wayColumns(shots: readonly Shot[]): Column[] {
  const frames = lengthOf(shots);
  const columns: Column[] = [];
  if (frames === 0) return columns;
  const parts = shots.flatMap(partsOf);
  const edges = edgesOf(parts, frames);
  let at = 0;
  for (const [n, start] of edges.slice(0, -1).entries()) {
    const end = edges[n + 1] as number;
    const what: Record<Way, number> = { copied: 0, converted: 0, black: 0 };
    while (at < parts.length && (parts[at] as Part).end <= start) at += 1;
    for (let p = at; p < parts.length && (parts[p] as Part).start < end; p += 1) {
      const part = parts[p] as Part;
      const inside = Math.min(part.end, end) - Math.max(part.start, start);
      what[part.way] += inside / (end - start);
    }
    const before = columns.at(-1);
    if (before && isAlike(before.what, what)) before.end = end / frames;
    else columns.push({ start: start / frames, end: end / frames, what });
  }
  return columns;
}

/** Where columns begin and end: at the parts' own edges while they are few, else evenly. */
function edgesOf(parts: readonly Part[], frames: number): number[] {
  if (parts.length < COLUMNS / 2) return [...parts.map(({ start }) => start), frames];
  return Array.from({ length: COLUMNS + 1 }, (_, n) => (n / COLUMNS) * frames);
}

interface Part {
  start: number;
  end: number;
  way: Way;
}

function partsOf(shot: Shot): Part[] {
  const parts: Part[] = [];
  let at = shot.programStart;
  const lengths: [Way, number][] = [
    ["black", shot.blackFrames ?? 0],
    ["converted", shot.convertedFrames ?? 0],
    ["copied", shot.copiedFrames ?? 0],
  ];
  for (const [way, frames] of lengths) {
    if (frames > 0) parts.push({ start: at, end: at + frames, way });
    at += frames;
  }
  return parts;
}

function lengthOf(shots: readonly Shot[]): number {
  return shots.reduce((most, { programEnd }) => Math.max(most, programEnd), 0);
}

function isAlike(a: Record<Way, number>, b: Record<Way, number>): boolean {
  return (Object.keys(a) as Way[]).every((way) => Math.abs(a[way] - b[way]) < 0.005);
}
