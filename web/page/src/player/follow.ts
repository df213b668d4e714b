/** How a camera's video is kept at the clock: what is to be done, decided from numbers alone. */

export interface Look {
  /** Seconds by which the video is ahead of the clock; negative: behind. */
  readonly ahead: number;
  /** How long a frame of it lasts. */
  readonly frame: number;
  /** Of the clock. */
  readonly speed: number;
  /** Since its last seek, in seconds; nothing is known of it before it has settled. */
  readonly sinceSeek: number;
}

export type Move =
  | { readonly kind: "rate"; readonly rate: number }
  /** Seek to the clock's time, and so much further as it will have gone on meanwhile. */
  | { readonly kind: "seek"; readonly further: number };

/** Further off than this a video is not hurried but sought. */
const FAR_SECONDS = 0.5;
/** In how long a difference is to be gone. */
const CATCH_UP_SECONDS = 0.2;
/** More than this looks like haste. */
const MOST_HASTE = 0.5;
/** A seek while it plays takes about this long. */
const SEEK_SECONDS = 0.15;
/** Within this share of a frame it is as good as it gets. */
const CLOSE = 0.35;
const SETTLED_SECONDS = 1;

/** What to do with a video that plays. Within a third of a frame it is left alone. */
export function follow({ ahead, frame, speed, sinceSeek }: Look): Move {
  const off = Math.abs(ahead);
  if (off <= frame * CLOSE) return { kind: "rate", rate: speed };
  if (off > FAR_SECONDS * Math.max(1, speed) && sinceSeek > SETTLED_SECONDS) {
    return { kind: "seek", further: SEEK_SECONDS * speed };
  }
  const haste = Math.min(MOST_HASTE, Math.max(-MOST_HASTE, -ahead / CATCH_UP_SECONDS));
  return { kind: "rate", rate: speed * (1 + haste) };
}

export interface Lack {
  /** Whether its picture or its sound is what the programme has now. */
  readonly isWanted: boolean;
  /** For how long it has had nothing to go on with. */
  readonly seconds: number;
}

/**
 * Whether all wait for some: at once for what is seen big or heard, after a moment for the others, so that
 * no camera is ever cut to that is not there.
 */
export function mustWait(lacks: readonly Lack[]): boolean {
  return lacks.some(({ isWanted, seconds }) => seconds > (isWanted ? 0.12 : 0.6));
}

/** Where to seek for a frame: its middle, which no rounding of a container takes for its neighbour. */
export function middleOf(frame: number, fps: number): number {
  return (frame + 0.5) / fps;
}

/** The frame whose picture a browser says it has put on screen. */
export function frameOf(mediaTime: number, fps: number): number {
  return Math.round(mediaTime * fps);
}
