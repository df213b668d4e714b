/** The one time that all cameras are shown at: seconds of the programme, told by the page's clock. */

/** At `since` (milliseconds of the page) it was `at`; it goes on `speed` times as fast; 0: it stands. */
export interface Clock {
  readonly at: number;
  readonly since: number;
  readonly speed: number;
}

/** What is heard and the clock may differ by this much before the clock is put right at once. */
const LEAP_SECONDS = 0.25;
/** The share of a difference that one look takes away: sound cards report in small steps. */
const SHARE = 0.1;

export function standing(at: number, now: number): Clock {
  return { at, since: now, speed: 0 };
}

/** What the clock says. */
export function timeOf({ at, since, speed }: Clock, now: number): number {
  return at + ((now - since) / 1000) * speed;
}

/** The same time, going on at another speed. */
export function atSpeed(clock: Clock, now: number, speed: number): Clock {
  return { at: timeOf(clock, now), since: now, speed };
}

/**
 * The clock led by what is heard: an ear notices when sound is hurried, an eye does not when pictures are.
 * So the camera with the sound plays freely, and everything else goes by it.
 */
export function ledBy(clock: Clock, now: number, heard: number): Clock {
  const error = heard - timeOf(clock, now);
  const step = Math.abs(error) > LEAP_SECONDS ? error : error * SHARE;
  return { ...clock, at: timeOf(clock, now) + step, since: now };
}

/** Speeds of J, K and L: each press in the same direction doubles, the other direction begins anew. */
export function shuttle(speed: number, direction: 1 | -1, most = 8): number {
  if (Math.sign(speed) !== direction) return direction;
  return direction * Math.min(most, Math.abs(speed) * 2);
}
