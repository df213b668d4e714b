/** One tile for each camera: its video, the key that switches to it, and how its preview stands. */
import { type ReadonlySignal, useComputed, useSignal, useSignalEffect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Camera, Edit } from "../edit/edit.ts";
import { Progress } from "../look/progress.tsx";
import { type ProxyState, proxies, tryProxyAgain } from "../sources/proxies.ts";
import { CameraVideo } from "./camera-video.ts";
import type { Player } from "./player.ts";

/** A proxy that cannot be played is asked for so often, and after so long. */
const MOST_FAILURES = 4;
const RETRY_MS = 3000;

interface TilesProps {
  readonly edit: Edit;
  readonly player: Player;
  /** Who is on. */
  readonly main: ReadonlySignal<string>;
  readonly onSwitch: (camera: string) => void;
}

export function Tiles({ edit, ...rest }: TilesProps) {
  return (
    <ul class="tiles" aria-label="Cameras" data-many={edit.cameras.length > 3}>
      {edit.cameras.map((camera, index) => (
        <Tile
          key={`${camera.id} ${camera.source}`}
          {...rest}
          edit={edit}
          camera={camera}
          number={index + 1}
        />
      ))}
    </ul>
  );
}

interface TileProps extends TilesProps {
  readonly camera: Camera;
  readonly number: number;
}

function Tile({ player, main, onSwitch, camera, number }: TileProps) {
  const video = useRef<HTMLVideoElement>(null);
  const seen = useRef<CameraVideo | null>(null);
  const failures = useSignal(0);
  const { id, source } = camera;
  useEffect(() => {
    const element = video.current;
    if (!element) return;
    const made = new CameraVideo(element, () => player.hasPicture(id));
    seen.current = made;
    player.stage.attach(id, made);
    const loaded = () => {
      failures.value = 0;
      player.loaded(id);
    };
    // A link that leads to the proxy counts for some time only; asking again gives a new one. What cannot
    // be played at all is not asked for for ever.
    const failed = () => {
      failures.value += 1;
      if (failures.peek() < MOST_FAILURES) {
        setTimeout(() => seen.current === made && tryProxyAgain(source), RETRY_MS);
      }
    };
    element.addEventListener("loadedmetadata", loaded);
    element.addEventListener("error", failed);
    return () => {
      element.removeEventListener("loadedmetadata", loaded);
      element.removeEventListener("error", failed);
      seen.current = null;
      player.stage.detach(id);
    };
  }, [player, id, source, failures]);

  const state = useComputed(() => proxies.value.get(source) ?? null);
  useSignalEffect(() => {
    const { url, fps } = state.value ?? {};
    if (url) seen.current?.load(url, fps ?? camera.fps ?? 30);
  });

  const isGone = useComputed(() => !player.isThere(id));
  const isOn = useComputed(() => main.value === id);
  const isReady = state.value?.status === "ready";
  const shows = isReady ? (isGone.value ? "nothing" : "picture") : "waiting";
  return (
    <li
      class={`tile cam-${number}`}
      data-camera={camera.name}
      data-shows={shows}
      data-on={isOn.value}
    >
      <button
        type="button"
        class="tile-button"
        aria-pressed={isOn.value}
        aria-keyshortcuts={String(number)}
        // The keyboard stays where it was, so that Space goes on to mean play and pause.
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => onSwitch(id)}
      >
        <video
          ref={video}
          muted
          playsInline
          preload="auto"
          tabIndex={-1}
          aria-hidden="true"
          disablePictureInPicture
        />
        <span class="tile-foot">
          <span class="hidden-text">Camera </span>
          <span class="camera-dot">{number}</span> <span class="tile-name">{camera.name}</span>{" "}
          {isOn.value && <span class="tile-on">ON</span>}
        </span>
        {shows === "nothing" && <span class="tile-words">Not recording here</span>}
      </button>
      {isReady && failures.value >= MOST_FAILURES && (
        <p class="tile-words bad">This browser cannot play the preview.</p>
      )}
      {!isReady && <Making state={state.value} name={camera.name} />}
    </li>
  );
}

/** What is being done about a preview that is not there yet. */
function Making({ state, name }: { state: ProxyState | null; name: string }) {
  if (state?.status === "failed") {
    return <p class="tile-words bad">No preview: {state.error}</p>;
  }
  const progress = state?.status === "making" ? state.progress : null;
  const percent = progress === null ? "" : ` ${Math.floor(progress * 100)} %`;
  return (
    <div class="tile-words">
      <span>{progress === null ? "Preview waits its turn" : `Making the preview${percent}`}</span>
      <Progress label={`Preview of ${name}`} value={progress} />
    </div>
  );
}
