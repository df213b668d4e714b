/** The timeline: who is on when, the sound under it, and the playhead; by mouse, finger and keyboard. */
import {
  type ReadonlySignal,
  type Signal,
  useComputed,
  useSignal,
  useSignalEffect,
} from "@preact/signals";
import { useRef } from "preact/hooks";
import type { Edit, Switch } from "../edit/edit.ts";
import { indexAt, moveSwitch } from "../edit/switches.ts";
import { timecode } from "../edit/timecode.ts";
import { HEIGHT, LANE, type Palette, RULER } from "./draw.ts";
import { useDrawing, useLatest, usePalette, useWheel, useWidth } from "./effects.ts";
import type { Peaks } from "./peaks.ts";
import {
  clamped,
  fitted,
  frameAtX,
  GRIP,
  grippedAt,
  resized,
  scrolled,
  showing,
  snapped,
  TOUCH_GRIP,
  type View,
  xOf,
  zoomed,
} from "./view.ts";

/** One press of + or -. */
const ZOOM = 1.6;
/** What a turn of the wheel by one pixel zooms. */
const WHEEL_ZOOM = 0.0025;

export interface TimelineProps {
  readonly edit: ReadonlySignal<Edit | null>;
  readonly playhead: Signal<number>;
  readonly isPlaying: ReadonlySignal<boolean>;
  readonly view: Signal<View>;
  /** The frame of the chosen switch. */
  readonly chosen: Signal<number | null>;
  readonly peaks: ReadonlySignal<ReadonlyMap<string, Peaks>>;
  readonly heard: ReadonlySignal<string | null>;
  readonly change: (next: Edit) => void;
  readonly amend: (next: Edit) => void;
  readonly goTo: (frame: number) => void;
}

/** What a pointer that is down does. */
type Grip = { readonly kind: "playhead" } | Dragging;
interface Dragging {
  readonly kind: "switch";
  readonly from: number;
  readonly before: Edit;
  readonly hasMoved: boolean;
}

export function zoomBy(view: Signal<View>, edit: Edit, direction: 1 | -1, playhead: number): void {
  const x = xOf(view.value, playhead);
  const isSeen = x >= 0 && x <= view.value.width;
  const middle = isSeen ? x : view.value.width / 2;
  view.value = zoomed(view.value, direction === 1 ? ZOOM : 1 / ZOOM, middle, edit.frames);
}

export function Timeline(props: TimelineProps) {
  const { edit, playhead, view, chosen, peaks, heard, goTo } = props;
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const needle = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const scrolledTo = useRef(0);
  const palette = useSignal<Palette | null>(null);
  const grip = useRef<Grip | null>(null);

  usePalette(box, palette);
  useWidth(box, (width) => {
    const now = edit.peek();
    if (now) view.value = resized(view.peek(), width, now.frames);
  });

  // Another edit, or one that has become longer or shorter: everything that was seen is seen.
  const frames = useComputed(() => edit.value?.frames ?? 0);
  const drawn = useRef(0);
  useSignalEffect(() => {
    const before = drawn.current;
    drawn.current = frames.value;
    const now = view.peek();
    const wasAll =
      before === 0 || now.framesPerPixel >= fitted(before, now.width).framesPerPixel * 0.999;
    view.value = wasAll ? fitted(frames.value, now.width) : clamped(now, frames.value);
  });

  useDrawing(canvas, () => {
    if (!edit.value || !palette.value) return null;
    return {
      edit: edit.value,
      view: view.value,
      peaks: peaks.value,
      heard: heard.value,
      chosen: chosen.value,
      palette: palette.value,
    };
  });

  // The playhead moves by itself, so that nothing is drawn anew while one scrubs or plays.
  useSignalEffect(() => {
    const x = xOf(view.value, playhead.value);
    if (!needle.current) return;
    needle.current.style.transform = `translateX(${x}px)`;
    needle.current.hidden = x < -1 || x > view.value.width + 1;
  });
  useSignalEffect(() => {
    const frame = playhead.value;
    if (!props.isPlaying.peek() && grip.current) return;
    view.value = showing(view.peek(), frame, edit.peek()?.frames ?? 0);
  });

  useSignalEffect(() => {
    const { start, framesPerPixel } = view.value;
    const bar = scroller.current;
    const inner = bar?.firstElementChild as HTMLElement | null;
    if (!bar || !inner) return;
    inner.style.width = `${frames.value / framesPerPixel}px`;
    bar.scrollLeft = start / framesPerPixel;
    scrolledTo.current = bar.scrollLeft;
  });

  const place = (event: PointerEvent | WheelEvent) => {
    const { left, top } = (canvas.current as HTMLCanvasElement).getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  const isOnLane = (y: number) => y >= RULER && y < RULER + LANE;
  const gripAt = (event: PointerEvent) => {
    const now = edit.peek();
    const { x, y } = place(event);
    const reach = event.pointerType === "mouse" ? GRIP : TOUCH_GRIP;
    return now && isOnLane(y) ? grippedAt(now.switches, view.peek(), x, reach) : -1;
  };

  // Moves come more often than pictures: the last one before a picture counts.
  const later = useLatest<number>((x) => {
    const now = edit.peek();
    const held = grip.current;
    if (!now || !held) return;
    if (x < 0 || x > view.peek().width) {
      const over = x < 0 ? x : x - view.peek().width;
      view.value = scrolled(view.peek(), over / 4, now.frames);
    }
    const inside = Math.min(view.peek().width, Math.max(0, x));
    if (held.kind === "playhead") {
      goTo(Math.round(frameAtX(view.peek(), inside)));
      return;
    }
    drag(props, held, snapped(view.peek(), inside, now.frames, null), (next) => {
      grip.current = next;
    });
  });

  const down = (event: PointerEvent) => {
    const now = edit.peek();
    if (!now || event.button !== 0) return;
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    const { x, y } = place(event);
    const index = gripAt(event);
    if (index > 0) {
      const { frame } = now.switches[index] as Switch;
      grip.current = { kind: "switch", from: frame, before: now, hasMoved: false };
      chosen.value = frame;
      goTo(frame);
      return;
    }
    grip.current = { kind: "playhead" };
    const frame = Math.min(now.frames - 1, Math.max(0, Math.round(frameAtX(view.peek(), x))));
    chosen.value = isOnLane(y)
      ? (now.switches[indexAt(now.switches, frame)] as Switch).frame
      : null;
    goTo(frame);
  };
  const move = (event: PointerEvent) => {
    if (grip.current) later(place(event).x);
    else (event.currentTarget as HTMLElement).classList.toggle("grips", gripAt(event) > 0);
  };
  const up = () => {
    later.flush();
    grip.current = null;
  };

  useWheel(box, (event) => {
    const now = edit.peek();
    if (!now) return;
    const { x } = place(event);
    if (event.ctrlKey || event.metaKey) {
      view.value = zoomed(view.peek(), Math.exp(-event.deltaY * WHEEL_ZOOM), x, now.frames);
    } else {
      const pixels = Math.abs(event.deltaX) > Math.abs(event.deltaY) ? event.deltaX : event.deltaY;
      const next = scrolled(view.peek(), pixels, now.frames);
      // Where there is nothing to scroll the page scrolls.
      if (next.start === view.peek().start) return;
      view.value = next;
    }
    event.preventDefault();
  });

  const now = useComputed(() => {
    const is = edit.value;
    return is ? timecode(playhead.value, is.rate) : "";
  });

  return (
    <div class="timeline" ref={box}>
      <div
        class="timeline-field"
        role="slider"
        tabIndex={0}
        aria-label="Playhead"
        aria-valuemin={0}
        aria-valuemax={useComputed(() => Math.max(0, frames.value - 1))}
        aria-valuenow={playhead}
        aria-valuetext={now}
        onPointerDown={down}
        onPointerMove={move}
        onPointerUp={up}
        onPointerCancel={up}
      >
        <canvas ref={canvas} height={HEIGHT} />
        <div class="timeline-needle" ref={needle} />
      </div>
      <div
        class="timeline-scroll"
        ref={scroller}
        tabIndex={-1}
        aria-hidden="true"
        onScroll={(event) => {
          const { scrollLeft } = event.currentTarget;
          // The browser tells of what the view has done itself, and late: zoomed again by then.
          if (Math.abs(scrollLeft - scrolledTo.current) <= 1) return;
          const { framesPerPixel } = view.peek();
          view.value = clamped(
            { ...view.peek(), start: scrollLeft * framesPerPixel },
            frames.peek(),
          );
        }}
      >
        <div />
      </div>
    </div>
  );
}

/** A switch dragged to a frame: one step of the history, however far it goes. */
function drag(
  { edit, change, amend, chosen, goTo }: TimelineProps,
  held: Dragging,
  to: number,
  hold: (next: Dragging) => void,
): void {
  const next = moveSwitch(held.before, held.from, to);
  const now = edit.peek();
  if (next === now || (next === held.before && !held.hasMoved)) return;
  if (held.hasMoved) amend(next);
  else change(next);
  hold({ ...held, hasMoved: true });
  const index = held.before.switches.findIndex(({ frame }) => frame === held.from);
  const { frame } = next.switches[index] as Switch;
  chosen.value = frame;
  goTo(frame);
}
