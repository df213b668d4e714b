/** The waveform of a source at every zoom: the service's peaks, and coarser ones made of them once. */

/** Pairs of the lowest and the highest sample, signed bytes, so many a second. */
export interface Peaks {
  readonly perSecond: number;
  /** Level 0 is the service's; each further one has a pair for `STEP` of the one before. */
  readonly levels: readonly Int8Array[];
  /** What makes the loudest place fill the height: cameras are seldom set to one loudness. */
  readonly gain: number;
}

/** Hiss is not to look like speech. */
const MOST_GAIN = 8;

/** How many pairs become one in the next level. */
const STEP = 4;
/** No level is made that has fewer pairs than this. */
const FEWEST = 64;

export function peaksOf(bytes: Int8Array, perSecond = 100): Peaks {
  const levels = [bytes];
  for (let level = bytes; level.length > 2 * FEWEST * STEP; ) {
    level = coarser(level);
    levels.push(level);
  }
  const loudest = (levels.at(-1) as Int8Array).reduce(
    (most, one) => Math.max(most, Math.abs(one)),
    1,
  );
  return { perSecond, levels, gain: Math.min(MOST_GAIN, 127 / loudest) };
}

function coarser(level: Int8Array): Int8Array {
  const pairs = level.length >> 1;
  const next = new Int8Array(2 * Math.ceil(pairs / STEP));
  for (let place = 0; place < next.length / 2; place++) {
    let [low, high] = [127, -128];
    for (let pair = place * STEP; pair < Math.min(pairs, (place + 1) * STEP); pair++) {
      low = Math.min(low, level[2 * pair] as number);
      high = Math.max(high, level[2 * pair + 1] as number);
    }
    next[2 * place] = low;
    next[2 * place + 1] = high;
  }
  return next;
}

/**
 * The lowest and the highest sample between two seconds of the source, -1 to 1, or null where it has none.
 *
 * Of the level whose pairs are just finer than what is asked for, so that any zoom costs the same.
 */
export function peakBetween(
  peaks: Peaks,
  from: number,
  to: number,
): readonly [number, number] | null {
  let perSecond = peaks.perSecond;
  let at = 0;
  while (at + 1 < peaks.levels.length && ((to - from) * perSecond) / STEP >= 1) {
    at += 1;
    perSecond /= STEP;
  }
  const level = peaks.levels[at] as Int8Array;
  const first = Math.max(0, Math.floor(from * perSecond));
  const past = Math.min(level.length >> 1, Math.max(first + 1, Math.ceil(to * perSecond)));
  if (to <= 0 || first >= past) return null;
  let [low, high] = [127, -128];
  for (let pair = first; pair < past; pair++) {
    low = Math.min(low, level[2 * pair] as number);
    high = Math.max(high, level[2 * pair + 1] as number);
  }
  return [low / 127, high / 127];
}
