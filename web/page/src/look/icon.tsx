/** Signs for buttons, drawn: what fonts have of them differs from one computer to the next. */

const SHAPES = {
  play: "M7 4v16l13-8z",
  pause: "M6 4h4v16H6zM14 4h4v16h-4z",
  start: "M5 4h3v16H5zM20 4v16L9 12z",
  end: "M16 4h3v16h-3zM4 4v16l11-8z",
  back: "M15 5v14l-9-7z",
  on: "M9 5v14l9-7z",
  undo: "M9 4 3 10l6 6v-4h5a4 4 0 0 1 0 8h-3v2h3a6 6 0 0 0 0-12H9z",
  redo: "m15 4 6 6-6 6v-4h-5a4 4 0 0 0 0 8h3v2h-3a6 6 0 0 1 0-12h5z",
  cross: "m6 4.6 6 6 6-6L19.4 6l-6 6 6 6-1.4 1.4-6-6-6 6L4.6 18l6-6-6-6z",
  plus: "M11 4h2v7h7v2h-7v7h-2v-7H4v-2h7z",
  minus: "M4 11h16v2H4z",
  fit: "M3 5h2v14H3zM19 5h2v14h-2zM7 12l4-4v3h2V8l4 4-4 4v-3h-2v3z",
} as const;

export type IconName = keyof typeof SHAPES;

export function Icon({ is }: { is: IconName }) {
  return (
    <svg
      class="icon"
      viewBox="0 0 24 24"
      width="18"
      height="18"
      aria-hidden="true"
      focusable="false"
    >
      <path d={SHAPES[is]} fill="currentColor" />
    </svg>
  );
}
