/** Has the browser save a text as a file. */
export function saveText(name: string, text: string, type = "application/json"): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // Firefox reads it a little later.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
