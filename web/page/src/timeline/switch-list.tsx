/** The timeline as a list: every switch with its timecode, for the keyboard, screen readers and fingers. */
import {
  type ReadonlySignal,
  type Signal,
  useComputed,
  useSignal,
  useSignalEffect,
} from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { cameraOf, type Edit, numberOf, type Switch } from "../edit/edit.ts";
import { deleteSwitch, indexAt, moveSwitch } from "../edit/switches.ts";
import { timecode } from "../edit/timecode.ts";
import { Icon } from "../look/icon.tsx";
import { rowsIn, scrollTo } from "./rows.ts";

/** Height of a row in pixels; the style sheet has the same. */
const ROW = 44;

export interface SwitchListProps {
  readonly edit: ReadonlySignal<Edit | null>;
  readonly playhead: ReadonlySignal<number>;
  readonly chosen: Signal<number | null>;
  readonly change: (next: Edit) => void;
  readonly goTo: (frame: number) => void;
}

export function SwitchList(props: SwitchListProps) {
  const { edit, playhead, chosen } = props;
  const list = useRef<HTMLOListElement>(null);
  const scrollTop = useSignal(0);
  const height = useSignal(6 * ROW);
  /** The row that Tab leads to, and the one that is to have the keyboard once it is there. */
  const at = useSignal(0);
  const wanted = useRef<number | null>(null);

  const current = useComputed(() =>
    edit.value ? indexAt(edit.value.switches, playhead.value) : -1,
  );
  const rows = useComputed(() =>
    rowsIn(scrollTop.value, height.value, ROW, edit.value?.switches.length ?? 0),
  );

  const reveal = (index: number) => {
    const box = list.current;
    if (!box) return;
    box.scrollTop = scrollTo(index, box.scrollTop, box.clientHeight, ROW);
    scrollTop.value = box.scrollTop;
  };
  const focus = (index: number) => {
    const last = (edit.peek()?.switches.length ?? 1) - 1;
    at.value = Math.min(last, Math.max(0, index));
    wanted.current = at.value;
    reveal(at.value);
  };

  // Who is on is in sight while it plays, unless somebody is at work in the list.
  useSignalEffect(() => {
    const index = current.value;
    if (index < 0 || list.current?.contains(document.activeElement)) return;
    at.value = index;
    reveal(index);
  });
  useLayoutEffect(() => {
    if (list.current && list.current.clientHeight > 0) height.value = list.current.clientHeight;
    if (wanted.current === null) return;
    const row = list.current?.querySelector<HTMLElement>(
      `[data-row="${wanted.current}"] .switch-go`,
    );
    wanted.current = null;
    row?.focus({ preventScroll: true });
  });

  const now = edit.value;
  if (!now) return null;
  const count = now.switches.length;
  const { first, end } = rows.value;

  const act = (index: number, key: string): boolean => {
    const one = now.switches[index] as Switch;
    if (key === "ArrowUp" || key === "ArrowDown") {
      const next = Math.min(count - 1, Math.max(0, index + (key === "ArrowUp" ? -1 : 1)));
      choose(props, now.switches[next] as Switch);
      focus(next);
    } else if (key === "ArrowLeft" || key === "ArrowRight") {
      move(props, now, index, key === "ArrowLeft" ? -1 : 1);
      focus(index);
    } else if (key === "Delete" || key === "Backspace") {
      props.change(deleteSwitch(now, one.frame));
      chosen.value = null;
      focus(index === 0 ? 0 : index - 1);
    } else return false;
    return true;
  };

  return (
    <ol
      class="switches"
      ref={list}
      aria-label="Switches"
      onScroll={(event) => {
        scrollTop.value = event.currentTarget.scrollTop;
      }}
      onKeyDown={(event) => {
        const row = (event.target as HTMLElement).closest<HTMLElement>("[data-row]");
        const isPlain = !(event.ctrlKey || event.metaKey || event.altKey || event.shiftKey);
        if (!row || !isPlain || !act(Number(row.dataset.row), event.key)) return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      <li
        class="switches-space"
        role="presentation"
        aria-hidden="true"
        style={{ height: `${first * ROW}px` }}
      />
      {now.switches.slice(first, end).map((one, offset) => {
        const index = first + offset;
        return (
          <Row
            key={index}
            {...props}
            now={now}
            index={index}
            one={one}
            isTabbed={index === at.value}
            isOn={index === current.value}
            isChosen={one.frame === chosen.value}
            onAct={(key) => act(index, key)}
          />
        );
      })}
      <li
        class="switches-space"
        role="presentation"
        aria-hidden="true"
        style={{ height: `${Math.max(0, count - end) * ROW}px` }}
      />
    </ol>
  );
}

interface RowProps extends SwitchListProps {
  readonly now: Edit;
  readonly index: number;
  readonly one: Switch;
  readonly isTabbed: boolean;
  readonly isOn: boolean;
  readonly isChosen: boolean;
  readonly onAct: (key: string) => void;
}

function Row(props: RowProps) {
  const { now, index, one, isTabbed, isOn, isChosen, onAct } = props;
  const camera = cameraOf(now, one.camera);
  const number = numberOf(now, one.camera);
  const time = timecode(one.frame, now.rate);
  const tab = isTabbed ? 0 : -1;
  const isFirst = index === 0;
  return (
    <li
      data-row={index}
      aria-setsize={now.switches.length}
      aria-posinset={index + 1}
      class={isOn ? "is-on" : ""}
    >
      <button
        type="button"
        class="switch-go"
        tabIndex={tab}
        aria-current={isChosen ? "true" : undefined}
        // Who clicks keeps the keyboard for stepping; who comes by Tab moves the switch with the arrows.
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => choose(props, one)}
      >
        <span class={`camera-dot cam-${number}`} aria-hidden="true">
          {number}
        </span>
        <span class="switch-time">{time}</span>
        <span class="switch-name">
          <span class="hidden-text">Camera {number}, </span>
          {camera.name}
        </span>
      </button>
      <button
        type="button"
        class="switch-act"
        tabIndex={tab}
        disabled={isFirst}
        aria-label={`Move the switch at ${time} one frame earlier`}
        onClick={() => onAct("ArrowLeft")}
      >
        <Icon is="back" />
      </button>
      <button
        type="button"
        class="switch-act"
        tabIndex={tab}
        disabled={isFirst}
        aria-label={`Move the switch at ${time} one frame later`}
        onClick={() => onAct("ArrowRight")}
      >
        <Icon is="on" />
      </button>
      <button
        type="button"
        class="switch-act"
        tabIndex={tab}
        disabled={now.switches.length < 2}
        aria-label={`Delete the switch at ${time}`}
        onClick={() => onAct("Delete")}
      >
        <Icon is="cross" />
      </button>
    </li>
  );
}

function choose({ chosen, goTo }: SwitchListProps, { frame }: Switch): void {
  chosen.value = frame;
  goTo(frame);
}

function move(props: SwitchListProps, edit: Edit, index: number, by: 1 | -1): void {
  const { frame } = edit.switches[index] as Switch;
  const next = moveSwitch(edit, frame, frame + by);
  props.change(next);
  choose(props, next.switches[index] as Switch);
}
