/** Hears the keys of the editor wherever the keyboard is, but for fields and open dialogs. */
import { useLayoutEffect, useRef } from "preact/hooks";
import { type Command, commandOf, type Focus, isTakenBy } from "../player/keys.ts";

export function useKeys(run: (command: Command) => void): void {
  const running = useRef(run);
  running.current = run;
  // With what is shown, not some time after: whoever sees the editor may press a key at once.
  useLayoutEffect(() => {
    const listener = (event: KeyboardEvent) => {
      if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
      const command = commandOf(event);
      if (!command || isTakenBy(focusNow(), event.key)) return;
      // A key that is held down steps, but does not switch or start over and over.
      if (event.repeat && command.do !== "step" && command.do !== "zoom") {
        event.preventDefault();
        return;
      }
      event.preventDefault();
      running.current(command);
    };
    document.addEventListener("keydown", listener);
    return () => document.removeEventListener("keydown", listener);
  }, []);
}

function focusNow(): Focus | null {
  const element = document.activeElement;
  if (!(element instanceof HTMLElement) || element === document.body) return null;
  return {
    tag: element.tagName,
    role: element.getAttribute("role"),
    type: element instanceof HTMLInputElement ? element.type : null,
    isEditable: element.isContentEditable,
  };
}
