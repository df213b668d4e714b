/** A picture of a source, made when it comes into view. */
import { useEffect, useRef, useState } from "preact/hooks";
import { few } from "../api/few.ts";
import { lastOf, thumbnailOf } from "../api/miniatures.ts";
import type { SourceEntry } from "../api/sources.ts";

const WIDTH = 320;
/** Cameras show little in their first seconds. */
const EARLY = 0.1;
const LATEST_SECONDS = 30;

const atATime = few(4);
/** Where each picture is, by its source and by when that changed. */
const known = new Map<string, string>();

export function Thumbnail({ source }: { source: SourceEntry }) {
  const box = useRef<HTMLSpanElement>(null);
  const mark = `${source.modifiedAt} ${source.bytes} ${source.filePath}`;
  const seconds = source.facts?.duration ?? null;
  const [url, setUrl] = useState(known.get(mark) ?? null);
  useEffect(() => {
    setUrl(known.get(mark) ?? null);
    if (known.has(mark) || seconds === null || !box.current) return;
    const left = new AbortController();
    const time = Math.min(seconds * EARLY, LATEST_SECONDS);
    const look = async () => {
      if (left.signal.aborted) return;
      const asked = thumbnailOf(source.filePath, time, WIDTH, { signal: left.signal });
      const { url: made } = await lastOf(asked);
      if (!made) return;
      known.set(mark, made);
      if (!left.signal.aborted) setUrl(made);
    };
    const view = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      view.disconnect();
      // A source without a picture of it is still a source.
      atATime(look).catch(() => {});
    });
    view.observe(box.current);
    return () => {
      view.disconnect();
      left.abort();
    };
  }, [mark, source.filePath, seconds]);
  return (
    <span class="thumbnail" ref={box}>
      {url && (
        <img
          src={url}
          alt=""
          onError={() => {
            known.delete(mark);
            setUrl(null);
          }}
        />
      )}
    </span>
  );
}
