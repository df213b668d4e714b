/** A place that files can be dropped onto, and a button that chooses them. */
import type { ComponentChildren } from "preact";
import { useRef, useState } from "preact/hooks";
import { Button } from "../look/button.tsx";

/** What file choosers offer; the service takes more, and judges by itself. */
const KINDS = "video/*,.mp4,.mov,.mkv,.webm,.mts,.m2ts,.ts,.avi,.m4v";

interface DropProps {
  onFiles: (files: readonly File[]) => void;
  children: ComponentChildren;
}

export function Drop({ onFiles, children }: DropProps) {
  const [isOver, setOver] = useState(false);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is one more way; the button is the other
    <div
      class={isOver ? "drop drop-over" : "drop"}
      onDragOver={(event) => {
        if (!event.dataTransfer?.types.includes("Files")) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        onFiles([...(event.dataTransfer?.files ?? [])]);
      }}
    >
      {children}
      {isOver && <p class="drop-words">Drop camera files to upload them</p>}
    </div>
  );
}

interface ChooseProps {
  onFiles: (files: readonly File[]) => void;
  kind?: "main";
  words?: string;
  accept?: string;
  isOne?: boolean;
}

export function ChooseFiles({
  onFiles,
  kind,
  words = "Upload files…",
  accept,
  isOne,
}: ChooseProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button {...(kind && { kind })} onClick={() => input.current?.click()}>
        {words}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        multiple={!isOne}
        accept={accept ?? KINDS}
        aria-label={words}
        onChange={(event) => {
          onFiles([...(event.currentTarget.files ?? [])]);
          // The same file again is a change, too.
          event.currentTarget.value = "";
        }}
      />
    </>
  );
}
