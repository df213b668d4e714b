import assert from "node:assert/strict";
import { test } from "node:test";
import { Keys } from "../src/api/key.ts";

function storage() {
  const items = new Map<string, string>();
  return {
    getItem: (name: string) => items.get(name) ?? null,
    setItem: (name: string, value: string) => void items.set(name, value),
    removeItem: (name: string) => void items.delete(name),
    size: () => items.size,
  };
}

/** A service that knows one key, and what it was asked with. */
function house(known: string) {
  const stores = { tab: storage(), computer: storage() };
  const keys = new Keys(stores);
  const asked: (string | null)[] = [];
  const fetch = async (_: unknown, init?: RequestInit) => {
    asked.push(new Headers(init?.headers).get("Authorization"));
    return new Response("", { status: asked.at(-1) === `Bearer ${known}` ? 200 : 401 });
  };
  const service = keys.service(fetch as typeof globalThis.fetch);
  const ask = async (init: RequestInit = {}) => (await service.fetch?.("/api", init))?.status;
  return { keys, stores, asked, ask };
}

const soon = () => new Promise((resolve) => setTimeout(resolve));

test("a call that is refused waits for a key and goes on with it", async () => {
  const { keys, asked, ask, stores } = house("good");
  const [one, two] = [ask(), ask()];
  await soon();
  assert.equal(keys.asking.value, "needed");
  keys.give(" good ", false);
  assert.deepEqual(await Promise.all([one, two]), [200, 200]);
  assert.deepEqual(asked, [null, null, "Bearer good", "Bearer good"]);
  assert.equal(keys.asking.value, "idle");
  assert.deepEqual([stores.tab.size(), stores.computer.size()], [1, 0]);
  assert.equal(new Keys(stores).current, "good");
});

test("a key that does not count is forgotten, and another one asked for", async () => {
  const { keys, ask, stores } = house("new");
  keys.give("old", true);
  assert.equal(stores.computer.size(), 1);
  const one = ask();
  await soon();
  assert.equal(keys.asking.value, "refused");
  assert.deepEqual([keys.current, stores.computer.size()], ["", 0]);
  keys.give("new", true);
  assert.equal(await one, 200);
});

test("who gives no key is told so by every call, and not asked again until they offer one", async () => {
  const { keys, ask } = house("good");
  const one = ask();
  await soon();
  keys.decline();
  assert.equal(await one, 401);
  assert.equal(keys.asking.value, "declined");
  assert.equal(await ask(), 401);
  assert.equal(keys.asking.value, "declined");
  keys.offer();
  assert.equal(keys.asking.value, "needed");
  keys.give("good", false);
  assert.equal(await ask(), 200);
  assert.equal(keys.given.value, 1);
});

test("a call that is called off while a key is asked for waits no longer", async () => {
  const { ask } = house("good");
  const left = new AbortController();
  const one = ask({ signal: left.signal });
  await soon();
  left.abort();
  assert.equal(await one, 401);
});
