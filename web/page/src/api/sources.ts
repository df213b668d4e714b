/** The files in the sources folder. */
import { type Asking, askJson, type Schemas } from "./ask.ts";

export type SourceEntry = Schemas["SourceEntry"];

/** All sources, in the order of their paths. */
export async function listSources(asking: Asking = {}): Promise<SourceEntry[]> {
  const found: SourceEntry[] = [];
  let cursor: string | null = null;
  do {
    const query = new URLSearchParams({ limit: "200", ...(cursor && { cursor }) });
    const page: Schemas["SourcePage"] = await askJson(`/api/sources?${query}`, asking);
    found.push(...page.sources);
    cursor = page.nextCursor;
  } while (cursor);
  return found;
}
