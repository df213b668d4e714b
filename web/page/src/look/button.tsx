import type { ComponentChildren, JSX } from "preact";

interface ButtonProps extends Omit<JSX.IntrinsicElements["button"], "class"> {
  /** `main` once in a view; `bad` for what cannot be taken back. */
  kind?: "main" | "bad" | "plain";
  small?: boolean;
  children?: ComponentChildren;
}

/**
 * A button; give `aria-label` where it shows only a sign.
 *
 * A click does not take the keyboard from where it is: Space goes on to play, and does not press again what
 * was clicked last.
 */
export function Button({ kind, small, children, ...rest }: ButtonProps) {
  const looks = ["button", kind && `button-${kind}`, small && "button-small"];
  return (
    <button
      type="button"
      class={looks.filter(Boolean).join(" ")}
      onMouseDown={(event) => event.preventDefault()}
      {...rest}
    >
      {children}
    </button>
  );
}
