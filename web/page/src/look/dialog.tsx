import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { Button } from "./button.tsx";

interface DialogProps {
  title: string;
  /** After Escape, the cross, or a click beside it; take the dialog away then. */
  onClose: () => void;
  children?: ComponentChildren;
}

/** A modal dialog; the keyboard stays in it and goes back to where it came from. */
export function Dialog({ title, onClose, children }: DialogProps) {
  const box = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    box.current?.showModal();
    // A browser would take the cross; whoever opened this came for what is in it.
    box.current?.querySelector<HTMLElement>(".dialog-body :is(input, select, button)")?.focus();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog by itself
    <dialog
      class="dialog"
      ref={box}
      aria-labelledby={titleId}
      onClose={onClose}
      onClick={(event) => event.target === box.current && box.current?.close()}
    >
      <div class="dialog-head">
        <h2 id={titleId}>{title}</h2>
        <Button kind="plain" small aria-label="Close" onClick={() => box.current?.close()}>
          ✕
        </Button>
      </div>
      <div class="dialog-body">{children}</div>
    </dialog>
  );
}
