/** The files on their way, and those that were on their way when the page was left. */
import { Button } from "../look/button.tsx";
import { Progress } from "../look/progress.tsx";
import {
  discard,
  forgetUpload,
  pause,
  resume,
  type Unfinished,
  type Upload,
  unfinished,
  uploads,
} from "./uploads.ts";
import { sizeInWords, timeLeftInWords } from "./words.ts";

export function UploadList() {
  if (uploads.value.length === 0 && unfinished.value.length === 0) return null;
  return (
    <section class="uploads" aria-label="Uploads">
      <h3>Uploads</h3>
      <ul class="stack">
        {uploads.value.map((one) => (
          <UploadRow upload={one} key={one.id} />
        ))}
        {unfinished.value.map((one) => (
          <UnfinishedRow unfinished={one} key={one.kept.urlStorageKey} />
        ))}
      </ul>
    </section>
  );
}

function UploadRow({ upload: { id, name, bytes, sent, state, speed, error } }: { upload: Upload }) {
  return (
    <li class="upload">
      <div class="row row-apart">
        <span class="upload-name">{name}</span>
        <span class="row">
          {(state === "sending" || state === "waiting") && (
            <Button small onClick={() => pause(id)} aria-label={`Pause ${name}`}>
              Pause
            </Button>
          )}
          {(state === "paused" || state === "failed") && (
            <Button small onClick={() => resume(id)} aria-label={`Go on with ${name}`}>
              Go on
            </Button>
          )}
          <Button
            small
            kind="plain"
            onClick={() => void discard(id)}
            aria-label={state === "done" ? `Take ${name} off this list` : `Cancel ${name}`}
          >
            {state === "done" ? "✕" : "Cancel"}
          </Button>
        </span>
      </div>
      {state !== "done" && (
        <Progress label={`Upload of ${name}`} value={bytes > 0 ? sent / bytes : 0} />
      )}
      <p class={error ? "small bad" : "small soft"} role={error ? "alert" : undefined}>
        {error ?? wordsOf({ bytes, sent, state, speed })}
      </p>
    </li>
  );
}

function wordsOf({
  bytes,
  sent,
  state,
  speed,
}: Pick<Upload, "bytes" | "sent" | "state" | "speed">) {
  const far = `${sizeInWords(sent)} of ${sizeInWords(bytes)}`;
  switch (state) {
    case "waiting":
      return sent > 0 ? `Waiting, ${far}` : `Waiting, ${sizeInWords(bytes)}`;
    case "paused":
      return `Paused, ${far}`;
    case "done":
      return `Uploaded, ${sizeInWords(bytes)}`;
    default:
      return speed ? `${far}, ${timeLeftInWords((bytes - sent) / speed)}` : far;
  }
}

function UnfinishedRow({ unfinished: one }: { unfinished: Unfinished }) {
  return (
    <li class="upload">
      <div class="row row-apart">
        <span class="upload-name">{one.name}</span>
        <Button
          small
          kind="plain"
          onClick={() => void forgetUpload(one)}
          aria-label={`Forget ${one.name}`}
        >
          Forget
        </Button>
      </div>
      <Progress label={`Upload of ${one.name}`} value={one.bytes > 0 ? one.sent / one.bytes : 0} />
      <p class="small soft">
        {sizeInWords(one.sent)} of {sizeInWords(one.bytes)} have arrived. Choose the same file
        again, and it goes on from there.
      </p>
    </li>
  );
}
