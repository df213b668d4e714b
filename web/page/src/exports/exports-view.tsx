/** All exports, and how they go. */
export function ExportsView() {
  return <section aria-label="Exports" />;
}
