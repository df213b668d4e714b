/** The timecode of the playhead, to be read and to be typed. */
import { useComputed, useSignal, useSignalEffect } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { Edit } from "../edit/edit.ts";
import { parseTimecode, timecode } from "../edit/timecode.ts";
import type { Player } from "../player/player.ts";

/** Where the playhead is; type another timecode and press Enter to go there. */
export function Where({ player }: { player: Player }) {
  const { edit, playhead } = player.desk;
  const field = useRef<HTMLInputElement>(null);
  const isWrong = useSignal(false);
  const now = useComputed(() => (edit.value ? timecode(playhead.value, edit.value.rate) : ""));
  const all = useComputed(() => (edit.value ? timecode(edit.value.frames, edit.value.rate) : ""));
  useSignalEffect(() => {
    const text = now.value;
    // What somebody types stays.
    if (field.current && document.activeElement !== field.current) field.current.value = text;
  });
  const go = () => {
    const frame =
      edit.peek() && parseTimecode(field.current?.value ?? "", (edit.peek() as Edit).rate);
    isWrong.value = frame === null;
    if (frame === null) return;
    field.current?.blur();
    player.goTo(frame);
  };
  return (
    <span class="transport-where mono">
      <input
        ref={field}
        aria-label="Timecode"
        title="Type a timecode and press Enter to go there"
        aria-invalid={isWrong.value}
        autocomplete="off"
        spellcheck={false}
        size={11}
        onFocus={(event) => event.currentTarget.select()}
        onBlur={(event) => {
          isWrong.value = false;
          event.currentTarget.value = now.peek();
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter") go();
          if (event.key === "Escape") event.currentTarget.blur();
        }}
      />
      <span class="soft">/ {all}</span>
    </span>
  );
}
