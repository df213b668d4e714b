/** Files on their way into the sources folder, by tus: what has arrived stays, whatever breaks. */
import { signal } from "@preact/signals";
import { DetailedError, defaultOptions, Upload as TusUpload } from "tus-js-client";
import { few } from "../api/few.ts";
import { keys, service } from "../session.ts";
import { type Answer, mayPass } from "./retrying.ts";
import { refreshSources } from "./sources.ts";

export interface Upload {
  readonly id: number;
  readonly name: string;
  readonly bytes: number;
  readonly sent: number;
  readonly state: "waiting" | "sending" | "paused" | "done" | "failed";
  /** Bytes a second, of late; null where nobody knows yet. */
  readonly speed: number | null;
  readonly error: string | null;
}

/** What tus keeps of an upload in the browser. */
type Kept = Awaited<ReturnType<TusUpload["findPreviousUploads"]>>[number];

/** An upload of an earlier visit that is not whole. */
export interface Unfinished {
  readonly kept: Kept;
  readonly name: string;
  readonly bytes: number;
  readonly sent: number;
}

/** All of this visit, the last one last. */
export const uploads = signal<readonly Upload[]>([]);
/** Those of earlier visits that are not whole: choose the file again, and they go on. */
export const unfinished = signal<readonly Unfinished[]>([]);

const ENDPOINT = "/api/uploads";
const RETRY_MS = [0, 1000, 3000, 5000, 10_000, 20_000, 30_000];
/** Each takes a thread of the service for as long as it lasts. */
const atATime = few(2);
const senders = new Map<number, TusUpload>();
let last = 0;

/** Sends these files, two at a time. */
export function upload(files: Iterable<File>): void {
  for (const file of files) {
    last += 1;
    const id = last;
    const { name, size: bytes } = file;
    const begun: Upload = { id, name, bytes, sent: 0, state: "waiting", speed: null, error: null };
    uploads.value = [...uploads.peek(), begun];
    senders.set(id, senderOf(id, file));
    void atATime(() => send(id));
  }
}

/** Stops sending; what has arrived stays. */
export function pause(id: number): void {
  void senders.get(id)?.abort();
  say(id, { state: "paused", speed: null });
  settle(id);
}

/** Goes on from where it was. */
export function resume(id: number): void {
  say(id, { state: "waiting", error: null });
  void atATime(() => send(id));
}

/** Takes it off the list; what has arrived of one that is not whole is thrown away. */
export async function discard(id: number): Promise<void> {
  const is = uploads.peek().find((one) => one.id === id);
  uploads.value = uploads.peek().filter((one) => one.id !== id);
  if (is && is.state !== "done")
    await senders
      .get(id)
      ?.abort(true)
      .catch(() => {});
  senders.delete(id);
  settle(id);
  await recallUploads();
}

/** Whether some file would be left half sent if the page went away. */
export function isSending(): boolean {
  return uploads.peek().some(({ state }) => state === "sending" || state === "waiting");
}

/** Looks for uploads of earlier visits, and asks the service how far they are. */
export async function recallUploads(): Promise<void> {
  const all = (await defaultOptions.urlStorage?.findAllUploads()) ?? [];
  const found = await Promise.all(all.map((kept) => lookFor(kept).catch(() => null)));
  const now = new Set(uploads.peek().map(({ name }) => name));
  unfinished.value = found.filter((one) => one !== null).filter(({ name }) => !now.has(name));
}

/** Throws away what has arrived of an upload of an earlier visit. */
export async function forgetUpload({ kept }: Unfinished): Promise<void> {
  if (kept.uploadUrl) {
    await TusUpload.terminate(kept.uploadUrl, { onBeforeRequest }).catch(() => {});
  }
  await defaultOptions.urlStorage?.removeUpload(kept.urlStorageKey);
  await recallUploads();
}

async function lookFor(kept: Kept): Promise<Unfinished | null> {
  const name = kept.metadata.filename ?? "";
  if (!kept.uploadUrl) return null;
  const headers = { "Tus-Resumable": "1.0.0" };
  const answer = await service.peek().fetch?.(kept.uploadUrl, { method: "HEAD", headers });
  const sent = Number(answer?.headers.get("Upload-Offset") ?? Number.NaN);
  const isGone = answer && [403, 404, 410].includes(answer.status);
  if (isGone || sent === kept.size)
    await defaultOptions.urlStorage?.removeUpload(kept.urlStorageKey);
  return answer?.ok && sent !== kept.size ? { kept, name, bytes: kept.size ?? 0, sent } : null;
}

function say(id: number, change: Partial<Upload>): void {
  uploads.value = uploads.peek().map((one) => (one.id === id ? { ...one, ...change } : one));
}

/** Called when a file is sent, or not sent any further: its turn is over. */
const settled = new Map<number, () => void>();

function settle(id: number): void {
  settled.get(id)?.();
  settled.delete(id);
}

async function send(id: number): Promise<void> {
  const sender = senders.get(id);
  const is = uploads.peek().find((one) => one.id === id);
  if (!sender || is?.state !== "waiting") return;
  say(id, { state: "sending" });
  let end = () => {};
  const over = new Promise<void>((resolve) => {
    end = resolve;
  });
  settled.set(id, end);
  const [known] = await sender.findPreviousUploads();
  // Paused or thrown away meanwhile: nothing was being sent yet that could have been stopped.
  if (settled.get(id) !== end) return;
  if (known) sender.resumeFromPreviousUpload(known);
  unfinished.value = unfinished.peek().filter(({ name }) => name !== is.name);
  sender.start();
  await over;
}

function onBeforeRequest(request: { setHeader(name: string, value: string): void }): void {
  if (keys.current) request.setHeader("Authorization", `Bearer ${keys.current}`);
}

function senderOf(id: number, file: File): TusUpload {
  let pace = { time: 0, sent: 0 };
  return new TusUpload(file, {
    endpoint: ENDPOINT,
    metadata: { filename: file.name },
    retryDelays: RETRY_MS,
    removeFingerprintOnSuccess: true,
    onBeforeRequest,
    onShouldRetry: (error) => mayPass(answerIn(error)),
    onProgress(sent) {
      const time = performance.now() / 1000;
      if (pace.time === 0 || sent < pace.sent) pace = { time, sent };
      const speed = time - pace.time > 1 ? (sent - pace.sent) / (time - pace.time) : null;
      say(id, { sent, speed });
    },
    onSuccess() {
      say(id, { state: "done", sent: file.size, speed: null });
      settle(id);
      refreshSources();
    },
    onError(error) {
      // Asking for anything else has a new key asked for.
      if (answerIn(error)?.status === 401) refreshSources();
      say(id, { state: "failed", speed: null, error: sentenceIn(error) });
      settle(id);
    },
  });
}

function answerIn(error: Error | DetailedError): Answer | null {
  const answer = error instanceof DetailedError ? error.originalResponse : null;
  if (!answer) return null;
  const status = answer.getStatus();
  try {
    const { code, error: sentence } = JSON.parse(answer.getBody() ?? "");
    return { status, code: code ?? null, sentence: sentence ?? null };
  } catch {
    // Proxies answer without our problem documents.
    return { status, code: null, sentence: null };
  }
}

/** What went wrong, in a sentence for a person. */
function sentenceIn(error: Error): string {
  const answer = answerIn(error);
  if (!answer) return "The connection to the service was lost. Go on when it is there again.";
  if (answer.status === 401) return "The service does not know your key any more.";
  return answer.sentence ?? `The service did not take this file (HTTP ${answer.status}).`;
}
