/** Server-sent events out of the body of a fetch, because an EventSource cannot send a key. */

export interface ServerEvent {
  /** The last id that was given, by this event or one before it. */
  id: string;
  data: string;
}

/** What one reads out of the text of a stream, fed in any parts; by the HTML standard, section 9.2. */
export class EventReader {
  /** Milliseconds after which to come back, where the server said so. */
  retry: number | null = null;
  #rest = "";
  #id = "";
  #data: string[] = [];

  /** The events that this text completes. */
  feed(text: string): ServerEvent[] {
    // A CR at the end may be half of a CRLF: it waits for what follows.
    const lines = (this.#rest + text).split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop() ?? "";
    return lines.flatMap((line) => this.#take(line));
  }

  #take(line: string): ServerEvent[] {
    if (line === "") {
      const data = this.#data.join("\n");
      const isEvent = this.#data.length > 0;
      this.#data = [];
      return isEvent ? [{ id: this.#id, data }] : [];
    }
    const [, field, value] = /^([^:]*)(?:: ?)?(.*)$/s.exec(line) ?? [];
    if (field === "data") this.#data.push(value ?? "");
    else if (field === "id" && !value?.includes("\0")) this.#id = value ?? "";
    else if (field === "retry" && /^\d+$/.test(value ?? "")) this.retry = Number(value);
    return [];
  }
}
