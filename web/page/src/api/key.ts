/**
 * The API key: asked for when the service wants one, carried by every call, forgotten when it does not count.
 *
 * A call that is refused waits until a person has given a key, and goes on with it; where they
 * would rather not, it fails with the service's own sentence.
 */
import { signal } from "@preact/signals";
import type { Service } from "multicam-export-client";

const PLACE = "multicam-key";

/** Whether a key is to be asked for now, and why. */
export const keyWanted = signal<"no" | "needed" | "refused">("no");

let key = "";
let waiting: ((given: boolean) => void)[] = [];

const stores = () => [sessionStorage, localStorage];

/** Takes up the key of an earlier visit. */
export function recallKey(): void {
  for (const store of stores()) key ||= store.getItem(PLACE) ?? "";
}

/** Goes on with this key; kept until the tab is closed, or on this computer. */
export function giveKey(given: string, onThisComputer: boolean): void {
  forgetKey();
  key = given.trim();
  (onThisComputer ? localStorage : sessionStorage).setItem(PLACE, key);
  answer(true);
}

/** Goes on without: calls that wait for a key fail. */
export function giveNoKey(): void {
  answer(false);
}

export function forgetKey(): void {
  key = "";
  for (const store of stores()) store.removeItem(PLACE);
}

function answer(given: boolean): void {
  keyWanted.value = "no";
  const all = waiting;
  waiting = [];
  for (const go of all) go(given);
}

function askForKey(why: "needed" | "refused", signal?: AbortSignal | null): Promise<boolean> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    signal?.addEventListener("abort", () => resolve(false), { once: true });
    if (keyWanted.peek() === "no") keyWanted.value = why;
  });
}

/** The service of this page's own origin. */
export function askingForKeys(
  fetch: typeof globalThis.fetch = (...all) => globalThis.fetch(...all),
): Service {
  return {
    credential: () => key,
    async fetch(address, init = {}) {
      while (true) {
        const used = key;
        const headers = new Headers(init.headers);
        if (used) headers.set("Authorization", `Bearer ${used}`);
        else headers.delete("Authorization");
        const answer = await fetch(address, { ...init, headers });
        if (answer.status !== 401) return answer;
        // Another call may have got a new one meanwhile.
        if (used !== key) continue;
        if (used) forgetKey();
        if (!(await askForKey(used ? "refused" : "needed", init.signal))) return answer;
      }
    },
  };
}
