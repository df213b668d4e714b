import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";

interface MenuProps {
  /** What the menu is of. */
  label: string;
  /** What is seen of it while it is closed. */
  sign?: ComponentChildren;
  /** Buttons. */
  children: ComponentChildren;
}

/** Buttons that are seldom needed, behind one. */
export function Menu({ label, sign = "⋯", children }: MenuProps) {
  const box = useRef<HTMLDetailsElement>(null);
  const close = () => {
    if (box.current) box.current.open = false;
  };
  return (
    <details
      class="menu"
      ref={box}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !box.current?.open) return;
        close();
        box.current.querySelector("summary")?.focus();
      }}
      onFocusOut={(event) => {
        if (!box.current?.contains(event.relatedTarget as Node | null)) close();
      }}
    >
      <summary class="button button-small" aria-label={label}>
        {sign}
      </summary>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the buttons in it do the work */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the same */}
      <div class="menu-items" onClick={close}>
        {children}
      </div>
    </details>
  );
}
