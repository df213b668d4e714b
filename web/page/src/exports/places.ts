/** From the place of a fault in a config, or in an edit, to where on the page one can mend it. */

export type Place =
  | { kind: "shot"; turn: number }
  | { kind: "switch"; index: number }
  | { kind: "camera"; index: number }
  | { kind: "choice"; field: "way" | "quality" | "size" | "fps" | "sound" }
  | { kind: "none" };

const FIELDS: Record<string, Extract<Place, { kind: "choice" }>["field"]> = {
  format: "way",
  codec: "way",
  quality: "quality",
  width: "size",
  height: "size",
  fps: "fps",
  includeAudio: "sound",
};

/** `segments[41].endTime`, `sources[1].filePath`, `output.width`, or the editor's own places. */
export function placeOf(place: string): Place {
  const numbered = /(segments|sources|switchPoints|angles)\[(\d+)\](?!.*\[)/.exec(place);
  const index = Number(numbered?.[2]);
  switch (numbered?.[1]) {
    // The config has one segment for every turn of the edit, in order.
    case "segments":
      return { kind: "shot", turn: index };
    case "switchPoints":
      return { kind: "switch", index };
    case "sources":
    case "angles":
      return { kind: "camera", index };
  }
  const field = FIELDS[/^output\.(\w+)/.exec(place)?.[1] ?? ""];
  return field ? { kind: "choice", field } : { kind: "none" };
}
