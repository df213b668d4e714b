/** The list of sources, kept up to date while somebody looks at it. */
import { signal } from "@preact/signals";
import { isAbort, sentenceOf } from "../api/ask.ts";
import { listSources, type SourceEntry } from "../api/sources.ts";

/** Null until the service has told. */
export const sources = signal<readonly SourceEntry[] | null>(null);
/** Why the list could not be had, or null. */
export const trouble = signal<string | null>(null);

/** While files are looked into or copied, and otherwise: somebody may put one into the folder. */
const SOON_MS = 2000;
const LATER_MS = 15_000;

let wake = () => {};

/** Has the list asked for now. */
export function refreshSources(): void {
  wake();
}

/** Keeps the list up to date until what it returns is called. */
export function watchSources(): () => void {
  const left = new AbortController();
  void follow(left.signal);
  return () => left.abort();
}

async function follow(signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    let woken = false;
    let stir = () => {
      woken = true;
    };
    wake = () => stir();
    try {
      sources.value = await listSources({ signal });
      trouble.value = null;
    } catch (error) {
      if (isAbort(error) || signal.aborted) return;
      trouble.value = sentenceOf(error);
    }
    const changing = sources.peek()?.some(({ probing, growing }) => probing || growing);
    if (woken) continue;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, changing ? SOON_MS : LATER_MS);
      stir = () => {
        clearTimeout(timer);
        resolve();
      };
      signal.addEventListener("abort", stir, { once: true });
    });
  }
}
