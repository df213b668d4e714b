/** Which view an address means. */
export type Route = { view: "cut" } | { view: "exports" } | { view: "export"; id: string };

/** The route of a location's hash; what it does not know is the first view. */
export function routeOf(hash: string): Route {
  const [, name = "", id = ""] = hash.replace(/^#/, "").split("/");
  if (name !== "exports") return { view: "cut" };
  try {
    return id ? { view: "export", id: decodeURIComponent(id) } : { view: "exports" };
  } catch {
    return { view: "exports" };
  }
}

/** The address of an export's view. */
export function hrefOfExport(id: string): string {
  return `#/exports/${encodeURIComponent(id)}`;
}
