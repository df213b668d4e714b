/** The custom element: what is pressed goes to the service, what comes back is shown. */
import { ACTIONS, build, type Parts } from "./button-look.js";
import { type Action, type ButtonState, LABELS, type Labels, viewOf } from "./button-view.js";
import type { ExportConfig } from "./contract.js";
import { ExportError } from "./errors.js";
import {
  cancelExport,
  downloadExport,
  exportStatus,
  retryExport,
  type Service,
  submitExport,
} from "./service.js";
import { watchExport } from "./watch.js";

/** A server that renders pages has no elements; there the class is only a name. */
const Base = (globalThis.HTMLElement ?? class {}) as typeof HTMLElement;

export type ConfigSource = ExportConfig | (() => ExportConfig | Promise<ExportConfig>);

/**
 * `<export-button>`: asks for an export, shows how it goes, cancels, tries again, downloads.
 *
 * Attributes: `base-url`, `job-id` (an export to go on watching), `storage-key` (remembers the export
 * under this key of localStorage, so that a page that was loaded again goes on). Properties: `config`,
 * `service`, `labels`. Events: `export-status`, `export-completed`, `export-failed`, `export-cancelled`.
 */
export class ExportButton extends Base {
  static readonly observedAttributes = ["base-url", "job-id"];

  #config: ConfigSource | null = null;
  #service: Service = {};
  #labels: Labels = LABELS;
  #state: ButtonState = { phase: "idle", note: "" };
  #parts: Parts | null = null;
  #jobId = "";
  /** Asked for again as it is after a lost answer: the same config is the same export. */
  #lost: ExportConfig | null = null;
  #asked: Promise<unknown> = Promise.resolve();
  #watching: AbortController | null = null;
  #holdsFocus = false;
  #isInterrupted = false;

  /** What is exported; a function is asked whenever somebody presses Export. */
  get config(): ConfigSource | null {
    return this.#config;
  }

  set config(source: ConfigSource | null) {
    this.#config = source;
  }

  /** Where the service is and who asks; `base-url` fills in the first. */
  get service(): Service {
    return this.#service;
  }

  set service(service: Service) {
    this.#service = service;
    // A page that was loaded again goes on at once, and may say only now where.
    if (this.#isWatching) void this.#watch(this.#jobId, "resumed");
  }

  /** Words of your own, some or all. */
  get labels(): Labels {
    return this.#labels;
  }

  set labels(words: Partial<Labels>) {
    this.#labels = { ...LABELS, ...words };
    this.#show();
  }

  get #isWatching(): boolean {
    return this.#state.phase === "running" && !this.#state.isCancelling;
  }

  /** The export that it shows; empty without one. */
  get jobId(): string {
    return this.#jobId;
  }

  connectedCallback(): void {
    if (!this.#parts) {
      this.#takeOver();
      this.#parts = build(this.attachShadow({ mode: "open" }));
      for (const action of ACTIONS) {
        this.#parts.buttons[action].addEventListener("click", () => void this.#press(action));
      }
    }
    this.#show();
    // Whoever defines the element sets its properties a line later.
    queueMicrotask(() => this.#resume());
  }

  disconnectedCallback(): void {
    this.#isInterrupted = this.#isWatching;
    this.#watching?.abort();
  }

  attributeChangedCallback(name: string, before: string | null, value: string | null): void {
    if (name === "job-id" && value && value !== before && this.isConnected && this.#parts) {
      void this.#watch(value, "resumed");
    }
  }

  /** Properties that were set before the element was defined lie in front of those of the class. */
  #takeOver(): void {
    for (const name of ["config", "service", "labels"] as const) {
      if (!Object.hasOwn(this, name)) continue;
      const value = this[name];
      delete (this as Partial<ExportButton>)[name];
      Object.assign(this, { [name]: value });
    }
  }

  #resume(): void {
    if (!this.isConnected || (this.#state.phase !== "idle" && !this.#isInterrupted)) return;
    this.#isInterrupted = false;
    const jobId = this.#jobId || this.getAttribute("job-id") || this.#remembered();
    if (jobId) void this.#watch(jobId, "resumed");
  }

  async #press(action: Action): Promise<void> {
    try {
      if (action === "export" || action === "again") await this.#ask();
      else if (action === "cancel") await this.#cancel();
      else if (action === "retry") await this.#retry();
      else await downloadExport(this.#jobId, this.#call());
    } catch (error) {
      this.#fail(error);
    }
  }

  async #ask(): Promise<void> {
    this.#enter({ phase: "asking" });
    const { config } = this;
    const wanted = this.#lost ?? (typeof config === "function" ? await config() : config);
    if (!wanted) throw new ExportError("invalid_edit", "There is nothing to export yet.");
    const { signal } = this.#begin();
    this.#remember(wanted.id);
    this.#lost = wanted;
    const asked = submitExport(wanted, this.#call());
    this.#asked = asked.catch(() => null);
    try {
      await asked;
      if (signal.aborted) return;
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof ExportError && error.isPassing)) this.#forget();
      throw error;
    }
    this.#lost = null;
    await this.#watch(wanted.id, "new");
  }

  async #cancel(): Promise<void> {
    const jobId = this.#jobId;
    this.#watching?.abort();
    const status = this.#state.phase === "running" ? this.#state.status : null;
    this.#enter({ phase: "running", status, isCancelling: true, isCutOff: false });
    try {
      // A DELETE that overtakes the POST would cancel nothing.
      await this.#asked;
      if (jobId) await cancelExport(jobId, this.#call());
    } catch (error) {
      // It may have been refused, or never have arrived.
      if (!(error instanceof ExportError && error.status === 404)) {
        void this.#watch(jobId, "resumed");
        return;
      }
    }
    this.#forget();
    this.#enter({ phase: "idle", note: this.#labels.cancelled });
    this.#tell("export-cancelled", { jobId });
  }

  async #retry(): Promise<void> {
    if (!this.#jobId || this.#lost) return this.#ask();
    this.#enter({ phase: "asking" });
    const jobId = this.#jobId;
    const status = await exportStatus(jobId, this.#call());
    // The page may have been away for long: it can have come right, or be on its way again.
    if (status.status === "failed" || status.status === "cancelled") {
      await retryExport(jobId, this.#call());
    }
    return this.#watch(jobId, "new");
  }

  async #watch(jobId: string, why: "new" | "resumed"): Promise<void> {
    const { signal } = this.#begin();
    this.#remember(jobId);
    const running = (facts: Partial<ButtonState>) =>
      this.#enter({
        phase: "running",
        status: null,
        isCancelling: false,
        isCutOff: false,
        ...facts,
      } as ButtonState);
    running({});
    const onTrouble = () => {
      const status = this.#state.phase === "running" ? this.#state.status : null;
      running({ status, isCutOff: true });
    };
    try {
      for await (const status of watchExport(jobId, { ...this.#call(), signal, onTrouble })) {
        if (signal.aborted) return;
        this.#tell("export-status", status);
        if (status.status === "completed") {
          this.#enter({ phase: "completed", status });
          this.#tell("export-completed", status);
        } else if (status.status === "failed") {
          throw new ExportError(status.errorCode ?? "failed", status.error ?? status.message);
        } else if (status.status === "cancelled") {
          this.#forget();
          this.#enter({ phase: "idle", note: this.#labels.cancelled });
          this.#tell("export-cancelled", { jobId });
        } else {
          running({ status });
        }
      }
    } catch (error) {
      if (signal.aborted) return;
      if (why === "resumed" && error instanceof ExportError && error.code === "not_found") {
        this.#forget();
        this.#enter({ phase: "idle", note: "" });
        return;
      }
      this.#fail(error);
    }
  }

  #begin(): AbortController {
    this.#watching?.abort();
    this.#watching = new AbortController();
    return this.#watching;
  }

  #fail(cause: unknown): void {
    const sentence = cause instanceof Error ? cause.message : String(cause);
    const error =
      cause instanceof ExportError ? cause : new ExportError("unexpected", sentence, { cause });
    this.#enter({ phase: "failed", error, isOfExport: Boolean(this.#jobId) && !this.#lost });
    this.#tell("export-failed", error);
  }

  #call(): { service: Service } {
    const baseUrl = this.service.baseUrl ?? this.getAttribute("base-url") ?? "";
    return { service: { ...this.service, baseUrl } };
  }

  #tell(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  #remembered(): string {
    return this.#storage((store, key) => store.getItem(key)) ?? "";
  }

  #remember(jobId: string): void {
    this.#jobId = jobId;
    this.#storage((store, key) => store.setItem(key, jobId));
  }

  #forget(): void {
    this.#jobId = "";
    this.#lost = null;
    this.#storage((store, key) => store.removeItem(key));
  }

  #storage<T>(use: (store: Storage, key: string) => T): T | null {
    const key = this.getAttribute("storage-key");
    if (!key) return null;
    try {
      return use(localStorage, key);
    } catch {
      // Private windows and embedded pages may have none: then nothing is remembered.
      return null;
    }
  }

  #enter(state: ButtonState): void {
    this.#state = state;
    this.#show();
  }

  #show(): void {
    const parts = this.#parts;
    if (!parts) return;
    const view = viewOf(this.#state, this.#labels);
    const { percent } = view;
    this.setAttribute("data-phase", view.phase);
    const hadFocus = this.shadowRoot?.activeElement != null;
    parts.bar.hidden = percent === null;
    parts.bar.setAttribute("aria-label", this.#labels.progress);
    parts.bar.setAttribute("aria-valuenow", String(percent ?? 0));
    const spoken = [view.stage, `${percent ?? 0} %`, view.eta].filter(Boolean).join(", ");
    parts.bar.setAttribute("aria-valuetext", spoken);
    parts.fill.style.transform = `scaleX(${(percent ?? 0) / 100})`;
    say(parts.stage, view.stage);
    const measured = view.phase === "running" ? [`${percent ?? 0} %`, view.eta] : [view.eta];
    say(parts.eta, measured.filter(Boolean).join(", "));
    parts.words.hidden = !view.stage && !view.eta;
    say(parts.error, view.error);
    parts.error.hidden = !view.error;
    const items = view.details.map((detail) => {
      const item = document.createElement("li");
      item.textContent = detail;
      return item;
    });
    parts.details.replaceChildren(...items);
    parts.details.hidden = items.length === 0;
    say(parts.heard, view.announcement);
    for (const action of ACTIONS) {
      parts.buttons[action].hidden = !view.actions.includes(action);
      say(parts.buttons[action], this.#labels[action]);
    }
    this.#keepFocus(hadFocus, view.actions[0]);
  }

  /** The button that was pressed may be gone: who uses the keyboard must not be thrown out of it. */
  #keepFocus(hadFocus: boolean, next: Action | undefined): void {
    const focused = this.shadowRoot?.activeElement;
    if (hadFocus && focused instanceof HTMLElement && !focused.hidden) return;
    const isElsewhere = ![null, this, document.body].includes(
      document.activeElement as HTMLElement,
    );
    this.#holdsFocus = hadFocus || (this.#holdsFocus && !isElsewhere);
    if (!this.#holdsFocus || !next) return;
    this.#holdsFocus = false;
    this.#parts?.buttons[next].focus();
  }
}

/** Screen readers speak what changes: what stays is left alone. */
function say(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
