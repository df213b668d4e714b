/** Frame rates as fractions, and the only places where frames become seconds or seconds frames. */
import type { Rate } from "./edit.ts";

/** Rates whose true value is n * 1000/1001 and which people write 23.976, 29.97, 59.94 ... */
const NTSC = [24, 30, 48, 60, 120, 240];
/** What an unknown rate is taken to be. */
const USUAL: Rate = { num: 30, den: 1 };
/** Containers and editors round: a time this little before a frame's start belongs to that frame. */
export const TOLERANCE_SECONDS = 0.001;

/** People write 59.94 for 59.94006 and 23.976 for 23.976024. */
const NAME_TOLERANCE = 3e-4;
/** The service tells six digits. */
const TOLD_TOLERANCE = 6e-7;

/** The rate that the service's `fps` tells, which is a decimal: 29.97003 is 30000/1001. */
export function rateOf(fps: number | null): Rate {
  if (fps === null || !Number.isFinite(fps) || fps <= 0) return USUAL;
  for (const name of NTSC) {
    if (Math.abs(fps - (name * 1000) / 1001) < NAME_TOLERANCE) {
      return { num: name * 1000, den: 1001 };
    }
  }
  return simplest(fps);
}

/** The fraction with the smallest denominator that is told as this number: 29.853333 is 2239/75. */
function simplest(fps: number): Rate {
  for (let den = 1; den <= 1001; den++) {
    const num = Math.round(fps * den);
    if (num > 0 && Math.abs(fps - num / den) < TOLD_TOLERANCE) return { num, den };
  }
  return { num: Math.max(1, Math.round(fps * 1e6)), den: 1e6 };
}

/** Frames per second as a number to reckon with. */
export function perSecond({ num, den }: Rate): number {
  return num / den;
}

/** The rate as a config's `output.fps` and people write it: 29.97 means 30000/1001 there. */
export function written(rate: Rate): number {
  const value = perSecond(rate);
  return rate.den === 1001 ? Number(value.toFixed(3)) : value;
}

/** When a frame begins. */
export function secondsOf(frame: number, { num, den }: Rate): number {
  return (frame * den) / num;
}

/** The frame nearest to a time. */
export function nearestFrame(seconds: number, { num, den }: Rate): number {
  return Math.round((seconds * num) / den) + 0;
}

/** The frame on screen at a time, as the service has it: less than 1 ms before the next it is the next. */
export function frameAt(seconds: number, { num, den }: Rate): number {
  const place = ((seconds + TOLERANCE_SECONDS) * num) / den;
  return Math.ceil(place) - 1;
}

/** The first frame that begins at a time or after it, give or take that millisecond. */
export function firstFrameFrom(seconds: number, { num, den }: Rate): number {
  return Math.ceil(((seconds - TOLERANCE_SECONDS) * num) / den) + 0;
}
