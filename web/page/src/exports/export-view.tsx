/** One export: how it goes, and the proof of it. */
export function ExportView({ id }: { id: string }) {
  return <section aria-label={`Export ${id}`} />;
}
