/** The editor: pictures, timeline, and the list of switches. */
export function Editor() {
  return <section aria-label="Editor" />;
}
