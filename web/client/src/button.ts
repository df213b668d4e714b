/** Importing this defines `<export-button>`; on a server it does nothing. */
import { ExportButton } from "./button-element.js";

export { type ConfigSource, ExportButton } from "./button-element.js";
export { LABELS, type Labels } from "./button-view.js";

if (globalThis.customElements && !customElements.get("export-button")) {
  customElements.define("export-button", ExportButton);
}

declare global {
  interface HTMLElementTagNameMap {
    "export-button": ExportButton;
  }
}
