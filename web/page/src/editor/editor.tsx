/** The editor: the programme and its cameras, the timeline, and the switches as a list. */
import { useComputed, useSignal, useSignalEffect } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { hasOtherRates } from "../edit/cameras.ts";
import { type Edit, numberOf } from "../edit/edit.ts";
import { nearestFrame } from "../edit/rate.ts";
import { cameraAt, deleteSwitch, neighbourSwitch, turnAt } from "../edit/switches.ts";
import { rateInWords, timecode } from "../edit/timecode.ts";
import type { Command } from "../player/keys.ts";
import { Player, SOUND_OF_PROGRAMME } from "../player/player.ts";
import { Programme } from "../player/programme.tsx";
import { Tiles } from "../player/tiles.tsx";
import { amend, change, edit, playhead, redo, undo } from "../session.ts";
import { wantProxies } from "../sources/proxies.ts";
import { SwitchList } from "../timeline/switch-list.tsx";
import { Timeline, zoomBy } from "../timeline/timeline.tsx";
import { fitted, type View } from "../timeline/view.ts";
import { useWaveforms } from "../timeline/waveforms.ts";
import { Help } from "./help.tsx";
import { useKeys } from "./keyboard.ts";
import { Transport, trimmed } from "./transport.tsx";
import "./editor.css";

export function Editor() {
  const player = useMemo(() => new Player({ edit, playhead, change, amend }), []);
  useEffect(() => () => player.close(), [player]);
  const view = useSignal<View>({ start: 0, framesPerPixel: 1, width: 1 });
  const chosen = useSignal<number | null>(null);
  const isHelping = useSignal(false);
  const said = useSignal("");
  const peaks = useWaveforms(edit);
  const heard = useComputed(() =>
    player.sound.value === SOUND_OF_PROGRAMME || !player.sound.value ? null : player.sound.value,
  );
  const isPlaying = useComputed(() => player.speed.value !== 0);
  const main = useComputed(() => (edit.value ? cameraAt(edit.value, playhead.value) : ""));
  useProxies();
  // What an undo has made shorter may leave the playhead behind its end.
  useSignalEffect(() => {
    if (edit.value && playhead.value >= edit.value.frames) playhead.value = edit.value.frames - 1;
  });

  const switchTo = (camera: string) => {
    const now = edit.peek();
    if (!now) return;
    const frame = playhead.peek();
    player.switchTo(camera);
    said.value = `Camera ${numberOf(now, camera)} at ${timecode(frame, now.rate)}`;
  };
  const deleteChosen = () => {
    const now = edit.peek();
    if (!now) return;
    const isThere = now.switches.some(({ frame }) => frame === chosen.peek());
    const frame = isThere ? (chosen.peek() as number) : turnAt(now, playhead.peek()).start;
    const next = deleteSwitch(now, frame);
    chosen.value = null;
    if (next === now) return;
    said.value = `Switch at ${timecode(frame, now.rate)} deleted`;
    change(next);
  };
  const fit = () => {
    view.value = fitted(edit.peek()?.frames ?? 1, view.peek().width);
  };
  const zoom = (direction: 1 | -1) => {
    const now = edit.peek();
    if (now) zoomBy(view, now, direction, playhead.peek());
  };
  const run = (command: Command) => {
    const now = edit.peek();
    if (now) execute(command, now);
  };
  const execute = (command: Command, now: Edit) => {
    switch (command.do) {
      case "play":
        return player.toggle();
      case "back":
        return player.shuttle(-1);
      case "forward":
        return player.shuttle(1);
      case "stop":
        return player.stop();
      case "camera": {
        const camera = now.cameras[command.number - 1];
        return camera && switchTo(camera.id);
      }
      case "step":
        return player.step(command.frames ?? nearestFrame(command.seconds ?? 0, now.rate));
      case "jump":
        return player.goTo(jumpFrom(now, playhead.peek(), command.to));
      case "zoom":
        return zoom(command.by);
      case "fit":
        return fit();
      case "delete":
        return deleteChosen();
      case "undo":
        return undo();
      case "redo":
        return redo();
      case "endTake":
        return player.endTake();
      case "help":
        isHelping.value = true;
    }
  };
  useKeys(run);

  const now = edit.value;
  if (!now) return null;
  return (
    <section class="editor" aria-label="Editor">
      <div class="stage">
        <Programme edit={now} player={player} main={main} />
        <Tiles edit={now} player={player} main={main} onSwitch={switchTo} />
      </div>
      <Transport
        edit={now}
        player={player}
        playhead={playhead}
        onTrim={(span) => {
          const next = trimmed(now, span, playhead.peek());
          change(next.edit);
          player.goTo(next.playhead);
        }}
        onZoom={zoom}
        onFit={fit}
        onDelete={deleteChosen}
        onHelp={() => {
          isHelping.value = true;
        }}
      />
      {hasOtherRates(now) && (
        <p class="small soft">
          These cameras have different frame rates. A copied file takes the rate of the camera that
          is on for longest, and cuts go to its nearest frames; encoded as H.264 or H.265 it has{" "}
          {rateInWords(now.rate)}, and every cut is where you see it.
        </p>
      )}
      <Timeline
        edit={edit}
        playhead={playhead}
        isPlaying={isPlaying}
        view={view}
        chosen={chosen}
        peaks={peaks}
        heard={heard}
        change={change}
        amend={amend}
        goTo={(frame) => player.goTo(frame)}
      />
      <SwitchList
        edit={edit}
        playhead={playhead}
        chosen={chosen}
        change={change}
        goTo={(frame) => player.goTo(frame)}
      />
      <p class="hidden-text" role="status">
        {said.value}
      </p>
      {isHelping.value && (
        <Help
          onClose={() => {
            isHelping.value = false;
          }}
        />
      )}
    </section>
  );
}

function jumpFrom(now: Edit, frame: number, to: "start" | "end" | "next" | "previous"): number {
  switch (to) {
    case "start":
      return 0;
    case "end":
      return now.frames - 1;
    case "next":
      return neighbourSwitch(now, frame, 1);
    case "previous":
      return neighbourSwitch(now, frame, -1);
  }
}

/** Previews are made for as long as the editor is open. */
function useProxies(): void {
  const sources = useComputed(() =>
    JSON.stringify(edit.value?.cameras.map(({ source }) => source) ?? []),
  );
  const wanted = sources.value;
  useEffect(() => wantProxies(JSON.parse(wanted) as string[]), [wanted]);
}
