/** What a person chooses in the export dialog, and the options and the config that it means. */
import type { ExportConfig, GenerateOptions } from "multicam-export-client";

export type Way = "copy" | "h264" | "h265" | "webm";
export type Quality = "low" | "medium" | "high" | "very_high";

export interface Choices {
  way: Way;
  quality: Quality;
  /** `1280x720`, or empty: as the cameras. */
  size: string;
  /** Frames per second, or empty: as the cameras. */
  fps: string;
  sound: boolean;
}

export const USUAL: Choices = { way: "copy", quality: "high", size: "", fps: "", sound: true };

export interface Choice<T extends string> {
  value: T;
  label: string;
  hint?: string;
}

export const WAYS: readonly Choice<Way>[] = [
  {
    value: "copy",
    label: "Copy",
    hint: "Fastest. The cameras' own pictures, untouched; only what lies around a cut is made anew.",
  },
  {
    value: "h264",
    label: "H.264",
    hint: "Every picture is made anew. Plays everywhere, at the size that you choose.",
  },
  {
    value: "h265",
    label: "H.265",
    hint: "Smaller files, longer work. Plays on newer devices.",
  },
  { value: "webm", label: "WebM", hint: "VP9 and Opus, for web pages. The longest work." },
];

export const QUALITIES: readonly Choice<Quality>[] = [
  { value: "low", label: "Low, small file" },
  { value: "medium", label: "Medium" },
  { value: "high", label: "High" },
  { value: "very_high", label: "Very high, large file" },
];

export const SIZES: readonly Choice<string>[] = [
  { value: "", label: "As the cameras" },
  { value: "3840x2160", label: "3840 × 2160 (4K)" },
  { value: "1920x1080", label: "1920 × 1080 (Full HD)" },
  { value: "1280x720", label: "1280 × 720 (HD)" },
  { value: "854x480", label: "854 × 480" },
  { value: "1080x1920", label: "1080 × 1920 (upright)" },
  { value: "1080x1080", label: "1080 × 1080 (square)" },
];

export const RATES: readonly Choice<string>[] = [
  { value: "", label: "As the cameras" },
  ...["23.976", "24", "25", "29.97", "30", "50", "59.94", "60"].map((value) => ({
    value,
    label: value,
  })),
];

/** Whether size and frame rate can be chosen: copying leaves the pictures what they are. */
export function isShaped({ way }: Choices): boolean {
  return way !== "copy";
}

/** The options of `generateExportConfig`. */
export function optionsOf(choices: Choices, id: string): GenerateOptions {
  const { way, quality, sound } = choices;
  return {
    id,
    format: way === "webm" ? "webm" : "mp4",
    codec: codecOf(choices),
    quality,
    includeAudio: sound,
  };
}

/**
 * The config with the size and the rate that were chosen.
 *
 * A size that is left out is that of most of the programme, which only the service knows. The rate is
 * always the edit's unless another was chosen: its frames are the programme's.
 */
export function shaped(config: ExportConfig, choices: Choices): ExportConfig {
  const { width: _width, height: _height, ...output } = config.output;
  if (!isShaped(choices)) return { ...config, output };
  const [width, height] = choices.size.split("x").map(Number);
  return {
    ...config,
    output: {
      ...output,
      ...(width && height ? { width, height } : {}),
      ...(choices.fps ? { fps: Number(choices.fps) } : {}),
    },
  };
}

/** A webm is VP9 whatever is said here; "copy" says it without contradiction, but takes no size. */
function codecOf({ way, size, fps }: Choices): "copy" | "h264" | "h265" {
  if (way !== "webm") return way;
  return size || fps ? "h264" : "copy";
}

/** An id that a person can read: `episode-12-1126-2204-k3fx`. */
export function idFor(name: string, now: Date, random: () => number): string {
  const words = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60);
  const two = (number: number) => String(number).padStart(2, "0");
  const day = two(now.getMonth() + 1) + two(now.getDate());
  const time = two(now.getHours()) + two(now.getMinutes());
  const chance = Array.from({ length: 4 }, () => Math.floor(random() * 36).toString(36)).join("");
  return `${words || "export"}-${day}-${time}-${chance}`;
}

/** Choices as they were kept; whatever is not one of them is the usual. */
export function readChoices(text: string | null): Choices {
  let kept: Partial<Record<keyof Choices, unknown>> = {};
  try {
    kept = JSON.parse(text ?? "{}") ?? {};
  } catch {
    // Somebody else's text under our name.
  }
  const one = <T extends string>(value: unknown, among: readonly Choice<T>[], usual: T): T =>
    among.find((choice) => choice.value === value)?.value ?? usual;
  return {
    way: one(kept.way, WAYS, USUAL.way),
    quality: one(kept.quality, QUALITIES, USUAL.quality),
    size: one(kept.size, SIZES, USUAL.size),
    fps: one(kept.fps, RATES, USUAL.fps),
    sound: typeof kept.sound === "boolean" ? kept.sound : USUAL.sound,
  };
}
