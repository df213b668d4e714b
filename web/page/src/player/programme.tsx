/** The programme, big: what the exported file will show. */
import { type ReadonlySignal, useComputed } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { type Camera, type Edit, numberOf } from "../edit/edit.ts";
import { Button } from "../look/button.tsx";
import { proxies } from "../sources/proxies.ts";
import type { Player } from "./player.ts";

/** A proxy is no larger. */
const MOST_PIXELS = { long: 1280, short: 720 };

interface ProgrammeProps {
  readonly edit: Edit;
  readonly player: Player;
  readonly main: ReadonlySignal<string>;
}

export function Programme({ edit, player, main }: ProgrammeProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const first = edit.cameras[0] as Camera;
  const { width, height } = sizeFor(first);
  useEffect(() => {
    player.drawOn(canvas.current);
    return () => player.drawOn(null);
  }, [player, width, height]);

  const camera = edit.cameras.find(({ id }) => id === main.value) ?? first;
  const isGone = useComputed(() => !player.isThere(main.value));
  const number = numberOf(edit, camera.id);
  const state = proxies.value.get(camera.source);
  return (
    <div class={`programme cam-${number}`} data-state={player.state.value}>
      <canvas
        ref={canvas}
        width={width}
        height={height}
        role="img"
        aria-label={`Programme: camera ${number}, ${camera.name}`}
      />
      {state?.status !== "ready" && (
        <p class="programme-words">
          {state?.status === "failed"
            ? `There is no preview of ${camera.name}.`
            : `The preview of ${camera.name} is being made. The timeline works already.`}
        </p>
      )}
      {state?.status === "ready" && isGone.value && (
        <p class="programme-words">Black: {camera.name} was not recording here.</p>
      )}
      {player.state.value === "waiting" && (
        <p class="programme-note" role="status">
          Loading…
        </p>
      )}
      {player.take.value && (
        <p class="programme-take">
          <span class="take-light" aria-hidden="true" />
          <span>Live: cuts you pass are replaced</span>
          <Button
            small
            onClick={() => player.endTake()}
            onMouseDown={(event) => event.preventDefault()}
          >
            Keep the rest (Esc)
          </Button>
        </p>
      )}
    </div>
  );
}

/** As large as a proxy, in the shape of the first camera. */
function sizeFor({ width, height }: Camera): { width: number; height: number } {
  const [long, short] = [Math.max(width, height), Math.min(width, height)];
  const scale = Math.min(1, MOST_PIXELS.long / long, MOST_PIXELS.short / short);
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}
