/** Sync by sound. */
import { type Asking, askJson, type Schemas, sending } from "./ask.ts";
import { untilMade } from "./miniatures.ts";

export type Sync = Schemas["Sync"];
export type Match = Schemas["Match"];

/** How far the comparison is, until `matches` are there or it has failed. */
export async function* syncBySound(
  sources: readonly string[],
  asking: Asking = {},
): AsyncGenerator<Sync, void, undefined> {
  const begun: Sync = await askJson("/api/sync", asking, sending({ sources }));
  yield begun;
  if (begun.status !== "ready") yield* untilMade<Sync>(begun.statusUrl, asking);
}
