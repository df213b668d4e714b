/** The programme as a picture: above who is on, below what is copied, made anew and black. */
import { cameraStripes, type Shot, type Way, wayColumns } from "./bar.ts";
import { count, share } from "./words.ts";

interface ProgrammeBarProps {
  segments: readonly (Shot & { sourceName: string })[];
  totals: { frames: number; copiedFrames: number; convertedFrames: number; blackFrames: number };
}

const WIDE = 1000;
const CAMERAS = 10;
const HIGH = 64;
const WAYS: readonly Way[] = ["copied", "converted", "black"];
const NAMES: Record<Way, string> = {
  copied: "copied",
  converted: "made anew",
  black: "black",
};

export function ProgrammeBar({ segments, totals }: ProgrammeBarProps) {
  const amounts: Record<Way, number> = {
    copied: totals.copiedFrames,
    converted: totals.convertedFrames,
    black: totals.blackFrames,
  };
  const shown = WAYS.filter((way) => amounts[way] > 0);
  const said = shown.map((way) => `${share(amounts[way], totals.frames)} ${NAMES[way]}`);
  return (
    <figure class="programme-bar">
      <svg
        viewBox={`0 0 ${WIDE} ${HIGH}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`The programme: ${said.join(", ")}.`}
      >
        {cameraStripes(segments).map(({ start, end, what }) => (
          <rect
            key={start}
            class={`fill-camera-${(what % 6) + 1}`}
            x={start * WIDE}
            width={(end - start) * WIDE}
            y={0}
            height={CAMERAS}
          />
        ))}
        {wayColumns(segments).flatMap(({ start, end, what }) => {
          let below = HIGH;
          return WAYS.filter((way) => what[way] > 0).map((way) => {
            const height = what[way] * (HIGH - CAMERAS - 2);
            below -= height;
            return (
              <rect
                key={`${start} ${way}`}
                class={`fill-${way}`}
                x={start * WIDE}
                width={(end - start) * WIDE}
                y={below}
                height={height}
              />
            );
          });
        })}
      </svg>
      <figcaption class="programme-legend">
        <ul class="legend">
          {shown.map((way) => (
            <li key={way}>
              <span class={`swatch back-${way}`} />
              {`${NAMES[way]} ${share(amounts[way], totals.frames)}`}
              <span class="soft small"> {count(amounts[way], "frame")}</span>
            </li>
          ))}
        </ul>
        <ul class="legend">
          {camerasOf(segments).map(([index, name]) => (
            <li key={index}>
              <span class={`swatch back-camera-${(index % 6) + 1}`} />
              {name}
            </li>
          ))}
        </ul>
      </figcaption>
    </figure>
  );
}

function camerasOf(segments: ProgrammeBarProps["segments"]): [number, string][] {
  const names = new Map(segments.map(({ sourceIndex, sourceName }) => [sourceIndex, sourceName]));
  return [...names].sort(([a], [b]) => a - b);
}
