/** By how much a camera began later, to type and to nudge. */
import { useEffect, useState } from "preact/hooks";
import { Button } from "../look/button.tsx";

interface LagFieldProps {
  /** The camera, and the one that it is lined up to. */
  name: string;
  first: string;
  /** Seconds; below 0: it began earlier. */
  lag: number;
  /** Seconds of one frame. */
  frame: number;
  onChange: (lag: number) => void;
}

const text = (lag: number) => lag.toFixed(3);

/** A day: more is a slip of the finger. */
const MOST_SECONDS = 86_400;

/** The number that was typed, with a comma or a point; null where it is none. */
export function typedSeconds(typed: string): number | null {
  const cleaned = typed.trim().replace(",", ".").replace("−", "-");
  const seconds = Number(cleaned);
  return cleaned !== "" && Math.abs(seconds) <= MOST_SECONDS ? seconds : null;
}

export function LagField({ name, first, lag, frame, onChange }: LagFieldProps) {
  const [typed, setTyped] = useState(text(lag));
  useEffect(() => setTyped(text(lag)), [lag]);
  const take = () => {
    const seconds = typedSeconds(typed);
    if (seconds === null) setTyped(text(lag));
    // What is shown is rounded: leaving the field as it is changes nothing.
    else if (text(seconds) !== text(lag)) onChange(seconds);
  };
  const nudge = (frames: number) => onChange(lag + frames * frame);
  return (
    <fieldset class="row camera-lag" aria-label={`When ${name} began`}>
      <Button small aria-label={`−1 frame: ${name} began earlier`} onClick={() => nudge(-1)}>
        −1 frame
      </Button>
      <label class="row lag-label">
        <span class="hidden-text">
          Seconds that {name} began after {first}
        </span>
        <input
          class="input lag-input mono"
          inputMode="decimal"
          value={typed}
          onInput={(event) => setTyped(event.currentTarget.value)}
          onBlur={take}
          onKeyDown={(event) => {
            if (event.key === "Enter") take();
            else if (event.key === "ArrowUp") nudge(1);
            else if (event.key === "ArrowDown") nudge(-1);
            else if (event.key === "Escape") setTyped(text(lag));
            else return;
            event.preventDefault();
          }}
        />
        <span class="small soft lag-unit">s later</span>
      </label>
      <Button small aria-label={`+1 frame: ${name} began later`} onClick={() => nudge(1)}>
        +1 frame
      </Button>
    </fieldset>
  );
}
