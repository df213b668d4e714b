/** Why frames are converted, in words for who holds the camera, and what makes it less. */

export interface Converted {
  sourceName: string;
  convertedFrames?: number;
  reasons?: readonly string[];
}

export interface Cause {
  /** A sentence without its stop. */
  words: string;
  /** What can be done next time; empty where there is nothing to do. */
  help: string;
  shots: number;
  frames: number;
}

interface Meaning {
  test: RegExp;
  words: (source: string, reason: string) => string;
  help: string;
}

const around: Omit<Meaning, "test"> = {
  words: () => "around the cuts, up to the camera's next key frame",
  help: "It is less where cameras write key frames more often (a shorter GOP).",
};

/** The service's reasons (docs/smart-rendering.md), the first that matches. */
const MEANINGS: readonly Meaning[] = [
  { test: /first key frame$/, ...around },
  { test: /that can be copied whole$/, ...around },
  {
    test: /^(too short to copy|no key frame inside the segment)$/,
    words: () => "shots so short that there is nothing in them to copy",
    help: "",
  },
  {
    test: /first or last frame$/,
    words: (source) => `${source} had not begun yet, or was over`,
    help: "",
  },
  {
    test: /frame rate varies$/,
    words: (source) => `${source}: its frame rate varies`,
    help: "Phones and screen recorders do that: choose a constant frame rate there.",
  },
  {
    test: /interlaced$/,
    words: (source) => `${source}: it is interlaced`,
    help: "Record progressive.",
  },
  {
    test: /unlike most of the programme$/,
    words: (source, reason) => `${source}: ${reason}`,
    help: "Set the cameras alike.",
  },
  {
    test: /cannot be copied into/,
    words: (source, reason) => `${source}: ${reason}`,
    help: "",
  },
];

/** The causes of all that is converted, the one that costs most first. */
export function causesOf(segments: readonly Converted[]): Cause[] {
  const causes = new Map<string, Cause>();
  for (const segment of segments) {
    const { convertedFrames = 0, reasons = [] } = segment;
    if (convertedFrames === 0) continue;
    const seen = new Set<string>();
    for (const reason of reasons) {
      if (reason === "black") continue;
      const { words, help } = meaningOf(segment.sourceName, reason);
      if (seen.has(words)) continue;
      seen.add(words);
      const cause = causes.get(words) ?? { words, help, shots: 0, frames: 0 };
      causes.set(words, {
        ...cause,
        shots: cause.shots + 1,
        frames: cause.frames + convertedFrames,
      });
    }
  }
  return [...causes.values()].sort((a, b) => b.frames - a.frames);
}

/** One reason in words. */
export function meaningOf(source: string, reason: string): { words: string; help: string } {
  const meaning = MEANINGS.find(({ test }) => test.test(reason));
  if (!meaning) return { words: `${source}: ${reason}`, help: "" };
  return { words: meaning.words(source, reason), help: meaning.help };
}
