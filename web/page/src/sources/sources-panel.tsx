/** The camera files: which there are, and which of them are cut between. */
export function SourcesPanel() {
  return <section aria-label="Cameras" />;
}
