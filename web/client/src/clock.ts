/** Waiting, and chance; a value of its own so that tests need neither. */

export interface Clock {
  /** Resolves after so many milliseconds; rejects with the signal's reason when that comes first. */
  delay(ms: number, signal?: AbortSignal): Promise<void>;
  /** Calls `run` after so many milliseconds, unless what it returns is called before. */
  alarm(ms: number, run: () => void): () => void;
  /** From 0 up to 1. */
  random(): number;
}

export const clock: Clock = {
  delay: (ms, signal) =>
    new Promise((resolve, reject) => {
      const stop = () => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener("abort", stop);
        resolve();
      }, ms);
      if (signal?.aborted) stop();
      else signal?.addEventListener("abort", stop, { once: true });
    }),
  alarm: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  random: Math.random,
};

/** Milliseconds to wait after so many failures in a row: twice as long each time, at most 30 s, and never all clients at once. */
export function backoff(failures: number, random: number): number {
  return Math.min(30_000, 1000 * 2 ** Math.max(0, failures - 1)) * (0.5 + random / 2);
}
