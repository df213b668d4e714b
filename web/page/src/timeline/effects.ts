/** Where the timeline meets the browser: sizes, colours, wheels, and one drawing a picture. */
import { type Signal, useSignalEffect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { draw, HEIGHT, type Palette, type Scene } from "./draw.ts";

export interface Latest<T> {
  (value: T): void;
  flush(): void;
}

/** Calls `act` once a picture at most, with the last value. */
export function useLatest<T>(act: (value: T) => void): Latest<T> {
  const acting = useRef(act);
  acting.current = act;
  const made = useRef<Latest<T> | null>(null);
  if (!made.current) {
    let waiting: { value: T } | null = null;
    let id = 0;
    const run = () => {
      const { value } = waiting ?? {};
      waiting = null;
      if (value !== undefined) acting.current(value);
    };
    const latest = (value: T) => {
      if (!waiting) id = requestAnimationFrame(run);
      waiting = { value };
    };
    made.current = Object.assign(latest, {
      flush() {
        cancelAnimationFrame(id);
        run();
      },
    });
  }
  return made.current;
}

type Ref<T> = { readonly current: T | null };

export function useWidth(box: Ref<HTMLElement>, tell: (width: number) => void): void {
  const telling = useRef(tell);
  telling.current = tell;
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const look = () => telling.current(Math.max(1, Math.floor(element.clientWidth)));
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
}

/** The listener may not be passive, or the page would zoom. */
export function useWheel(box: Ref<HTMLElement>, act: (event: WheelEvent) => void): void {
  const acting = useRef(act);
  acting.current = act;
  useEffect(() => {
    const element = box.current;
    const listener = (event: WheelEvent) => acting.current(event);
    element?.addEventListener("wheel", listener, { passive: false });
    return () => element?.removeEventListener("wheel", listener);
  }, [box]);
}

/** The colours of the page's style, also when the person turns the lights off. */
export function usePalette(box: Ref<HTMLElement>, palette: Signal<Palette | null>): void {
  useEffect(() => {
    const read = () => {
      if (!box.current) return;
      const style = getComputedStyle(box.current);
      const colour = (name: string) => style.getPropertyValue(name).trim();
      palette.value = {
        ground: colour("--surface"),
        line: colour("--line-strong"),
        faint: colour("--line"),
        ink: colour("--text-soft"),
        chosen: colour("--text"),
        black: colour("--on-camera"),
        font: style.fontFamily,
        cameras: [1, 2, 3, 4, 5, 6].map((number) => ({
          fill: colour(`--camera-${number}`),
          ink: colour("--on-camera"),
        })),
      };
    };
    read();
    const dark = matchMedia("(prefers-color-scheme: dark)");
    dark.addEventListener("change", read);
    return () => dark.removeEventListener("change", read);
  }, [box, palette]);
}

/** Draws once a picture at most, when anything in the scene has changed. */
export function useDrawing(canvas: Ref<HTMLCanvasElement>, scene: () => Scene | null): void {
  const id = useRef(0);
  const last = useRef<Scene | null>(null);
  useSignalEffect(() => {
    last.current = scene();
    cancelAnimationFrame(id.current);
    id.current = requestAnimationFrame(() => {
      const context = canvas.current?.getContext("2d", { alpha: false });
      if (!context || !last.current) return;
      const { width } = last.current.view;
      const dots = devicePixelRatio || 1;
      const [wide, high] = [Math.round(width * dots), Math.round(HEIGHT * dots)];
      if (context.canvas.width !== wide) context.canvas.width = wide;
      if (context.canvas.height !== high) context.canvas.height = high;
      context.setTransform(dots, 0, 0, dots, 0, 0);
      draw(context, last.current);
    });
  });
  useEffect(() => () => cancelAnimationFrame(id.current), []);
}
