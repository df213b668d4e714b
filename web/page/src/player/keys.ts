/** What keys mean in the editor: one table, for the keyboard and for the help. */

export type Command =
  | {
      readonly do:
        | "play"
        | "back"
        | "stop"
        | "forward"
        | "undo"
        | "redo"
        | "delete"
        | "help"
        | "fit";
    }
  | { readonly do: "camera"; readonly number: number }
  | { readonly do: "step"; readonly frames?: number; readonly seconds?: number }
  | { readonly do: "zoom"; readonly by: 1 | -1 }
  | { readonly do: "jump"; readonly to: "start" | "end" | "next" | "previous" }
  | { readonly do: "endTake" };

export interface Key {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

const PLAIN: Readonly<Record<string, Command>> = {
  " ": { do: "play" },
  j: { do: "back" },
  k: { do: "stop" },
  l: { do: "forward" },
  ArrowLeft: { do: "step", frames: -1 },
  ArrowRight: { do: "step", frames: 1 },
  ArrowUp: { do: "jump", to: "previous" },
  ArrowDown: { do: "jump", to: "next" },
  Home: { do: "jump", to: "start" },
  End: { do: "jump", to: "end" },
  Delete: { do: "delete" },
  Backspace: { do: "delete" },
  "+": { do: "zoom", by: 1 },
  "=": { do: "zoom", by: 1 },
  "-": { do: "zoom", by: -1 },
  "0": { do: "fit" },
  "?": { do: "help" },
  Escape: { do: "endTake" },
};

const SHIFTED: Readonly<Record<string, Command>> = {
  ArrowLeft: { do: "step", seconds: -1 },
  ArrowRight: { do: "step", seconds: 1 },
  "?": { do: "help" },
  "+": { do: "zoom", by: 1 },
  "=": { do: "zoom", by: 1 },
};

/** The command of a key, or null. */
export function commandOf({ key, ctrlKey, metaKey, shiftKey, altKey }: Key): Command | null {
  const name = key.length === 1 ? key.toLowerCase() : key;
  if (altKey) return null;
  if (ctrlKey || metaKey) {
    if (name === "z") return { do: shiftKey ? "redo" : "undo" };
    return name === "y" && !shiftKey ? { do: "redo" } : null;
  }
  if (/^[1-9]$/.test(name)) return { do: "camera", number: Number(name) };
  return (shiftKey ? (SHIFTED[name] ?? null) : (PLAIN[name] ?? null)) satisfies Command | null;
}

/** Of an element that has the keyboard: its tag, its role, its type, and whether it is edited in place. */
export interface Focus {
  readonly tag: string;
  readonly role: string | null;
  readonly type: string | null;
  readonly isEditable: boolean;
}

const FIELDS = new Set(["INPUT", "TEXTAREA", "SELECT"]);
/** Fields that take no text: keys that they do not need are the editor's. */
const TEXTLESS = new Set(["button", "checkbox", "radio", "submit", "reset", "file", "range"]);
const BUTTONS = new Set(["button", "tab", "link", "menuitem", "option", "checkbox", "radio"]);

/**
 * Whether a key belongs to what has the keyboard and not to the editor: everything in a field, and of what
 * is pressed, Space and Enter, which press it.
 */
export function isTakenBy(focus: Focus | null, key: string): boolean {
  if (!focus) return false;
  if (focus.isEditable) return true;
  const isTextless = focus.tag === "INPUT" && TEXTLESS.has(focus.type ?? "text");
  if (FIELDS.has(focus.tag) && !isTextless) return true;
  if (isTextless && focus.type === "range")
    return key.startsWith("Arrow") || key === "Home" || key === "End";
  const isPressed =
    isTextless ||
    ["BUTTON", "A", "SUMMARY"].includes(focus.tag) ||
    (focus.role !== null && BUTTONS.has(focus.role));
  return isPressed && (key === " " || key === "Enter");
}

/** The help, in groups: what one presses, and what happens. */
export const HELP: readonly {
  readonly title: string;
  readonly rows: readonly (readonly [string, string])[];
}[] = [
  {
    title: "Play",
    rows: [
      ["Space", "Play or pause"],
      ["L", "Play; again: twice as fast"],
      ["J", "Play backwards; again: twice as fast"],
      ["K", "Stop"],
      ["← →", "One frame back or on"],
      ["Shift + ← →", "One second back or on"],
      ["↑ ↓", "To the switch before or after"],
      ["Home, End", "To the start, to the end"],
    ],
  },
  {
    title: "Cut",
    rows: [
      ["1 to 6", "Switch to that camera, also while it plays"],
      ["Esc", "End the take: what comes after is kept, and it plays on"],
      ["Delete", "Delete the chosen switch, or the one the playhead is behind"],
      ["Ctrl + Z", "Undo"],
      ["Ctrl + Shift + Z", "Redo"],
    ],
  },
  {
    title: "Look",
    rows: [
      ["+ −", "Zoom in or out"],
      ["0", "See everything"],
      ["?", "This help"],
    ],
  },
];
