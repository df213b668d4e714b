/**
 * The API key: asked for when the service wants one, carried by every call, forgotten when it does not count.
 *
 * A call that is refused waits until a person has given a key and goes on with it. Who would rather
 * not is left alone: calls then fail with the service's own sentence until they offer a key.
 */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { Service } from "multicam-export-client";

/** Where a key is kept: for as long as the tab is open, or on this computer. */
export interface KeyStores {
  tab: Pick<Storage, "getItem" | "setItem" | "removeItem">;
  computer: Pick<Storage, "getItem" | "setItem" | "removeItem">;
}

/** `idle`: nobody asks; `needed`, `refused`: a person is asked now; `declined`: they would rather not. */
export type Asking = "idle" | "needed" | "refused" | "declined";

const PLACE = "multicam-key";

export class Keys {
  private readonly state = signal<Asking>("idle");
  private readonly changes = signal(0);
  private key: string;
  private waiting: ((given: boolean) => void)[] = [];

  constructor(private readonly stores: KeyStores) {
    this.key = stores.tab.getItem(PLACE) ?? stores.computer.getItem(PLACE) ?? "";
  }

  get asking(): ReadonlySignal<Asking> {
    return this.state;
  }

  /** Counts the keys that were given: what hangs on the key is asked for anew when it changes. */
  get given(): ReadonlySignal<number> {
    return this.changes;
  }

  /** The key that calls carry; empty where there is none. */
  get current(): string {
    return this.key;
  }

  /** Goes on with this key; calls that wait for one are made again. */
  give(key: string, onThisComputer: boolean): void {
    this.forget();
    this.key = key.trim();
    this.stores[onThisComputer ? "computer" : "tab"].setItem(PLACE, this.key);
    this.changes.value += 1;
    this.answer("idle", true);
  }

  /** Goes on without one: calls that wait fail. */
  decline(): void {
    this.answer("declined", false);
  }

  /** Asks for a key though no call waits for one. */
  offer(): void {
    this.state.value = "needed";
  }

  forget(): void {
    this.key = "";
    this.stores.tab.removeItem(PLACE);
    this.stores.computer.removeItem(PLACE);
  }

  /** The service of the page's own origin, which every call of the client takes. */
  service(fetch: typeof globalThis.fetch): Service {
    return {
      credential: () => this.key,
      fetch: async (address, init = {}) => {
        while (true) {
          const used = this.key;
          const headers = new Headers(init.headers);
          if (used) headers.set("Authorization", `Bearer ${used}`);
          else headers.delete("Authorization");
          const answer = await fetch(address, { ...init, headers });
          if (answer.status !== 401) return answer;
          // Another call may have been given one meanwhile.
          if (used !== this.key && this.key) continue;
          if (used) this.forget();
          if (!(await this.ask(used ? "refused" : "needed", init.signal ?? null))) return answer;
        }
      },
    };
  }

  private ask(why: "needed" | "refused", signal: AbortSignal | null): Promise<boolean> {
    const state = this.state.peek();
    if (state === "declined" && why === "needed") return Promise.resolve(false);
    if (state === "idle" || state === "declined") this.state.value = why;
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      signal?.addEventListener("abort", () => resolve(false), { once: true });
    });
  }

  private answer(state: Asking, given: boolean): void {
    const all = this.waiting;
    this.waiting = [];
    this.state.value = state;
    for (const resolve of all) resolve(given);
  }
}
