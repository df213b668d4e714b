/** The row of buttons under the picture: playing, where one is, sound, and what can be taken back. */
import type { Signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { commonSpan, type Span, trim, wholeSpan } from "../edit/cameras.ts";
import type { Edit } from "../edit/edit.ts";
import { Icon, type IconName } from "../look/icon.tsx";
import { Menu } from "../look/menu.tsx";
import { type Player, SOUND_OF_PROGRAMME } from "../player/player.ts";
import { canRedo, canUndo, redo, undo } from "../session.ts";
import { Where } from "./where.tsx";

interface TransportProps {
  readonly edit: Edit;
  readonly player: Player;
  readonly playhead: Signal<number>;
  readonly onTrim: (span: Span) => void;
  readonly onZoom: (direction: 1 | -1) => void;
  readonly onFit: () => void;
  readonly onDelete: () => void;
  readonly onHelp: () => void;
}

export function Transport(props: TransportProps) {
  const { edit, player, playhead, onTrim } = props;
  const isGoing = player.speed.value !== 0;
  const speed = player.speed.value;
  const last = edit.frames - 1;
  return (
    <div class="transport" role="toolbar" aria-label="Transport">
      <div class="transport-group">
        <Sign label="To the start" keys="Home" onClick={() => player.goTo(0)} icon="start" />
        <Sign label="One frame back" keys="ArrowLeft" onClick={() => player.step(-1)} icon="back" />
        <button
          type="button"
          class="button button-main transport-play"
          aria-keyshortcuts="Space"
          aria-label={isGoing ? "Pause" : "Play"}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => player.toggle()}
        >
          <Icon is={isGoing ? "pause" : "play"} />
        </button>
        <Sign label="One frame on" keys="ArrowRight" onClick={() => player.step(1)} icon="on" />
        <Sign label="To the end" keys="End" onClick={() => player.goTo(last)} icon="end" />
      </div>
      <Where player={player} />
      {Math.abs(speed) > 1 || speed < 0 ? <span class="transport-speed">{speed}×</span> : null}
      <span class="transport-gap" />
      <div class="transport-group">
        <Sign label="Undo" keys="Control+Z" disabled={!canUndo.value} onClick={undo} icon="undo" />
        <Sign
          label="Redo"
          keys="Control+Shift+Z"
          disabled={!canRedo.value}
          onClick={redo}
          icon="redo"
        />
        <Sign label="Delete the switch" keys="Delete" onClick={props.onDelete} icon="cross" />
      </div>
      <div class="transport-group">
        <Sign label="Zoom out" keys="-" onClick={() => props.onZoom(-1)} icon="minus" />
        <Sign label="See everything" keys="0" onClick={props.onFit} icon="fit" />
        <Sign label="Zoom in" keys="+" onClick={() => props.onZoom(1)} icon="plus" />
      </div>
      <Sound edit={edit} player={player} />
      <Menu label="Start, end of the programme" sign="Start, end">
        <Choice onClick={() => onTrim({ start: playhead.peek(), end: edit.frames })}>
          Start at the playhead
        </Choice>
        <Choice onClick={() => onTrim({ start: 0, end: playhead.peek() + 1 })}>
          End at the playhead
        </Choice>
        <Choice onClick={() => onTrim(commonSpan(edit))}>Where all cameras record</Choice>
        <Choice onClick={() => onTrim(wholeSpan(edit))}>Where any camera records</Choice>
      </Menu>
      <Sign label="Keys and help" keys="?" onClick={props.onHelp}>
        ?
      </Sign>
    </div>
  );
}

/** The edit begun and ended elsewhere, and where the playhead's picture is then. */
export function trimmed(
  edit: Edit,
  span: Span,
  playhead: number,
): { edit: Edit; playhead: number } {
  const next = trim(edit, span);
  const moved = next === edit ? playhead : playhead - span.start;
  return { edit: next, playhead: Math.min(next.frames - 1, Math.max(0, moved)) };
}

function Sound({ edit, player }: { edit: Edit; player: Player }) {
  return (
    <label class="transport-sound">
      <span class="hidden-text">Sound</span>
      <select
        class="input"
        value={player.sound.value}
        onChange={(event) => {
          player.sound.value = event.currentTarget.value;
          event.currentTarget.blur();
        }}
      >
        <option value={SOUND_OF_PROGRAMME}>Sound: as exported</option>
        {edit.cameras.map(({ id, name, hasSound }, index) => (
          <option key={id} value={id} disabled={!hasSound}>
            Sound: {index + 1} {name}
          </option>
        ))}
        <option value="">Sound: off</option>
      </select>
    </label>
  );
}

interface SignProps {
  readonly label: string;
  readonly keys: string;
  readonly disabled?: boolean;
  readonly onClick: () => void;
  readonly icon?: IconName;
  readonly children?: ComponentChildren;
}

/** A button that shows a sign. It does not take the keyboard from where it is when it is clicked. */
function Sign({ label, keys, disabled = false, onClick, icon, children }: SignProps) {
  return (
    <button
      type="button"
      class="button transport-sign"
      aria-label={label}
      aria-keyshortcuts={keys}
      title={label}
      disabled={disabled}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onClick}
    >
      {icon ? <Icon is={icon} /> : <span aria-hidden="true">{children}</span>}
    </button>
  );
}

function Choice({ onClick, children }: { onClick: () => void; children: ComponentChildren }) {
  return (
    <button type="button" class="button button-plain" onClick={onClick}>
      {children}
    </button>
  );
}
