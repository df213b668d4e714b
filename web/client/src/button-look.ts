/** How the button looks, and the elements it is made of. */
import type { Action } from "./button-view.js";

export const ACTIONS: readonly Action[] = ["export", "download", "cancel", "retry", "again"];

const CSS = `
:host {
  display: inline-block; min-width: 12rem; font: var(--export-font, inherit);
  color: var(--export-text, inherit);
}
:host([hidden]), [hidden] { display: none !important; }
.bar {
  height: var(--export-bar-height, 0.5rem); overflow: hidden;
  border-radius: var(--export-radius, 0.375rem);
  background: var(--export-track, color-mix(in srgb, currentColor 18%, transparent));
}
.fill {
  height: 100%; width: 100%; transform-origin: left; transition: transform 0.3s;
  background: var(--export-color, #1d4ed8);
}
.words { display: flex; justify-content: space-between; gap: 1rem; margin: 0.25rem 0; font-size: 0.875em; }
.error { margin: 0.25rem 0; color: var(--export-error, #b91c1c); }
.details { margin: 0.25rem 0; padding-left: 1.25rem; font-size: 0.875em; max-height: 10rem; overflow: auto; }
.actions { display: flex; gap: 0.5rem; }
button {
  font: inherit; cursor: pointer; min-height: 2.5rem; padding: 0.375rem 1rem;
  border: 1px solid var(--export-color, #1d4ed8); border-radius: var(--export-radius, 0.375rem);
  background: var(--export-color, #1d4ed8); color: var(--export-on-color, #fff);
}
button.cancel, button.again { background: transparent; color: inherit; border-color: currentColor; }
button:focus-visible { outline: 3px solid var(--export-focus, #f59e0b); outline-offset: 2px; }
.heard { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (prefers-reduced-motion: reduce) { .fill { transition: none; } }
@media (forced-colors: active) {
  .bar { border: 1px solid; } .fill { background: Highlight; forced-color-adjust: none; }
}
`;

export interface Parts {
  bar: HTMLElement;
  fill: HTMLElement;
  stage: HTMLElement;
  eta: HTMLElement;
  words: HTMLElement;
  error: HTMLElement;
  details: HTMLElement;
  heard: HTMLElement;
  buttons: Record<Action, HTMLButtonElement>;
}

/** Fills an empty shadow root. Style comes as a sheet, which no content security policy refuses. */
export function build(root: ShadowRoot): Parts {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(CSS);
  root.adoptedStyleSheets = [sheet];
  const bar = part("div", "bar", {
    role: "progressbar",
    "aria-valuemin": "0",
    "aria-valuemax": "100",
  });
  const fill = part("div", "fill");
  bar.append(fill);
  const words = part("div", "words");
  const stage = part("span", "stage");
  const eta = part("span", "eta");
  words.append(stage, eta);
  const error = part("p", "error", { role: "alert" });
  const details = part("ul", "details", { tabindex: "0" });
  const actions = part("div", "actions");
  const buttons = Object.fromEntries(
    ACTIONS.map((action) => {
      const button = part("button", action, { type: "button", part: `button ${action}` });
      return [action, button as HTMLButtonElement];
    }),
  ) as Record<Action, HTMLButtonElement>;
  actions.append(...Object.values(buttons));
  const heard = part("p", "heard", { role: "status", "aria-live": "polite" });
  root.append(bar, words, error, details, actions, heard);
  return { bar, fill, stage, eta, words, error, details, heard, buttons };
}

function part(tag: string, name: string, attributes: Record<string, string> = {}): HTMLElement {
  const element = document.createElement(tag);
  element.className = name;
  for (const [key, value] of Object.entries({ part: name, ...attributes })) {
    element.setAttribute(key, value);
  }
  return element;
}
