/** One source to pick: what it shows, and what it is. */
import type { SourceEntry } from "../api/sources.ts";
import { Thumbnail } from "./thumbnail.tsx";
import { fpsInWords, lengthInWords, pathInParts, sizeInWords, whyNot } from "./words.ts";

interface SourceCardProps {
  source: SourceEntry;
  /** Its place among those that are picked, from 1; 0 where it is not. */
  place: number;
  /** Whether no more can be picked. */
  isFull: boolean;
  onPick: () => void;
}

export function SourceCard({ source, place, isFull, onPick }: SourceCardProps) {
  const reason = whyNot(source);
  const { folder, name } = pathInParts(source.filePath);
  return (
    <li>
      <button
        type="button"
        class="source"
        aria-pressed={place > 0}
        disabled={reason !== null || (isFull && place === 0)}
        onClick={onPick}
      >
        <Thumbnail source={source} />
        {place > 0 && (
          <span class={`badge camera-${place}`}>
            <span class="hidden-text">Camera </span>
            {place}
          </span>
        )}
        <span class="source-name">
          {folder && <span class="soft">{folder}</span>}
          {name}
        </span>
        <span class="small soft">
          {reason ? sizeInWords(source.bytes) : <Facts source={source} />}
        </span>
        {reason && <span class={source.error ? "small bad" : "small soft"}>{reason}</span>}
      </button>
    </li>
  );
}

function Facts({ source: { facts, bytes } }: { source: SourceEntry }) {
  if (!facts) return null;
  return (
    <>
      <span class="mono">{lengthInWords(facts.duration)}</span>, {facts.width} × {facts.height},{" "}
      {fpsInWords(facts.fps)}, {sizeInWords(bytes)}, {facts.sound ? "with sound" : "no sound"}
    </>
  );
}
