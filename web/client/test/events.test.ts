import assert from "node:assert/strict";
import { test } from "node:test";
import { EventReader } from "../src/events.js";

const TEXT =
  ": here\nretry: 1500\n\nid: 1\ndata: one\n\nid: 2\r\ndata: two\r\ndata:  lines\r\n\r\ndata\r\revent: x\n\ndata: cut";

test("events are read by the standard, wherever the text is cut", () => {
  const whole = new EventReader();
  const expected = [
    { id: "1", data: "one" },
    { id: "2", data: "two\n lines" },
    { id: "2", data: "" },
  ];
  assert.deepEqual(whole.feed(TEXT), expected);
  assert.equal(whole.retry, 1500);
  for (let at = 0; at <= TEXT.length; at++) {
    const reader = new EventReader();
    const events = [...reader.feed(TEXT.slice(0, at)), ...reader.feed(TEXT.slice(at))];
    assert.deepEqual(events, expected, `cut at ${at}`);
  }
});

test("an id with a NUL and a retry that is no number count for nothing", () => {
  const reader = new EventReader();
  const events = reader.feed("id: a\nid: b\0c\nretry: soon\ndata: x\n\n");
  assert.deepEqual(events, [{ id: "a", data: "x" }]);
  assert.equal(reader.retry, null);
});
