/** The cameras of the edit: their previews in the making, and how they lie to each other. */
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { lagOf, setLags } from "../edit/cameras.ts";
import type { Camera, Edit } from "../edit/edit.ts";
import { perSecond } from "../edit/rate.ts";
import { Button } from "../look/button.tsx";
import { Progress } from "../look/progress.tsx";
import { change } from "../session.ts";
import { LagField } from "./lag-field.tsx";
import { comparisonOf, matchInWords } from "./lining-up.ts";
import { proxies, tryProxyAgain, wantProxies } from "./proxies.ts";
import { forgetSync, syncNow, syncState } from "./sync-task.ts";

/** Whether the cameras are seen: when an edit is begun; folded away they leave more room for its pictures. */
export const camerasAreOpen = signal(false);

export function CamerasPanel({ edit }: { edit: Edit }) {
  const sources = edit.cameras.map(({ source }) => source);
  const together = JSON.stringify(sources);
  useEffect(() => {
    const leave = wantProxies(JSON.parse(together));
    return () => {
      leave();
      forgetSync();
    };
  }, [together]);
  return (
    <details
      class="cameras"
      open={camerasAreOpen.value}
      onToggle={(event) => {
        camerasAreOpen.value = event.currentTarget.open;
      }}
    >
      <summary class="cameras-head">
        <span class="cameras-title">Cameras</span>
        {!camerasAreOpen.value && <Making edit={edit} />}
      </summary>
      <div class="stack-small">
        <div class="row">
          <SyncButton edit={edit} />
          <SyncWords edit={edit} />
        </div>
        <ol class="camera-rows">
          {edit.cameras.map((camera, index) => (
            <CameraRow edit={edit} camera={camera} place={index + 1} key={camera.id} />
          ))}
        </ol>
      </div>
    </details>
  );
}

/** What would be seen of previews in the making. */
function Making({ edit }: { edit: Edit }) {
  const states = edit.cameras.map(({ source }) => proxies.value.get(source)?.status);
  const missing = states.filter((status) => status !== "ready").length;
  if (missing === 0) return null;
  return (
    <span class="small soft">
      {missing} of {states.length} previews are not ready
    </span>
  );
}

function SyncButton({ edit }: { edit: Edit }) {
  const comparison = comparisonOf(edit);
  if (syncState.value.is === "running") return <Button onClick={forgetSync}>Stop comparing</Button>;
  return (
    <Button disabled={!comparison} onClick={() => comparison && void syncNow(comparison)}>
      Sync by sound
    </Button>
  );
}

function SyncWords({ edit }: { edit: Edit }) {
  const state = syncState.value;
  const comparison = comparisonOf(edit);
  if (!comparison) {
    return (
      <p class="small soft">Fewer than two of these cameras have sound: line them up by hand.</p>
    );
  }
  if (state.is === "running") {
    return (
      <div class="sync-progress">
        <Progress label="Comparing the sounds" value={state.waits ? null : state.progress} />
        <p class="small soft">
          {state.waits ? "Waiting for a free worker…" : "Comparing the sounds…"}
        </p>
      </div>
    );
  }
  if (state.is === "failed") {
    return (
      <p class="small bad" role="alert">
        {state.error}
      </p>
    );
  }
  if (state.is !== "done") return null;
  const missed = state.matches.filter(({ found }) => !found).length;
  const silent = state.comparison.silent.map(({ name }) => name).join(", ");
  return (
    <p class={missed > 0 ? "small bad" : "small good"} role="status">
      {missed === 0 ? "All sounds were found in each other." : "Not all sounds were found."}
      {silent && ` Without sound, to be set by hand: ${silent}.`}
    </p>
  );
}

interface CameraRowProps {
  edit: Edit;
  camera: Camera;
  place: number;
}

function CameraRow({ edit, camera, place }: CameraRowProps) {
  const [first] = edit.cameras;
  const lag = lagOf(edit, camera);
  const setLag = (next: number) => change(setLags(edit, { [camera.id]: next }));
  return (
    <li class="camera-row">
      <span class={`badge camera-${place}`}>{place}</span>
      <div class="camera-what">
        <span class="camera-name">{camera.name}</span>
        {!camera.hasSound && <span class="small soft">no sound</span>}
        <ProxyWords camera={camera} />
        <MatchWords edit={edit} camera={camera} />
      </div>
      {place === 1 ? (
        <span class="small soft camera-lag">The others are lined up to this one.</span>
      ) : (
        <LagField
          name={camera.name}
          first={first?.name ?? ""}
          lag={lag}
          frame={1 / perSecond(edit.rate)}
          onChange={setLag}
        />
      )}
    </li>
  );
}

function MatchWords({ edit, camera }: { edit: Edit; camera: Camera }) {
  const state = syncState.value;
  if (state.is !== "done") return null;
  const { reference } = state.comparison;
  const match = state.matches.find(({ source }) => source === camera.source);
  if (!match || camera.source === reference.source) return null;
  const { isGood, words } = matchInWords(match, camera, reference, edit);
  return <span class={isGood ? "small good" : "small bad"}>{words}</span>;
}

function ProxyWords({ camera }: { camera: Camera }) {
  const state = proxies.value.get(camera.source);
  if (!state || state.status === "ready") return null;
  if (state.status === "failed") {
    return (
      <span class="small bad row" role="alert">
        No preview: {state.error}
        <Button small onClick={() => tryProxyAgain(camera.source)}>
          Try again
        </Button>
      </span>
    );
  }
  const isMaking = state.status === "making";
  return (
    <span class="camera-proxy">
      <Progress label={`Preview of ${camera.name}`} value={isMaking ? state.progress : null} />
      <span class="small soft">
        {isMaking
          ? `Making the preview, ${Math.floor(state.progress * 100)} %`
          : "The preview waits for a free worker"}
      </span>
    </span>
  );
}
