import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { Window } from "happy-dom";
import type { ExportButton } from "../src/button.js";
import type { Action } from "../src/button-view.js";
import { configOf } from "./fixtures.js";
import {
  type Answer,
  COMPLETED,
  event,
  json,
  problem,
  StubService,
  status,
  stream,
} from "./stub.js";

const window = new Window({ url: "https://page.example/" });
const names = [
  "HTMLElement",
  "customElements",
  "document",
  "CustomEvent",
  "CSSStyleSheet",
  "localStorage",
];
for (const name of names) {
  Object.defineProperty(globalThis, name, { value: Reflect.get(window, name), configurable: true });
}
await import("../src/button.js");

const CONFIG = configOf("01_basic_3cam");
const AT = `/api/export/${CONFIG.id}`;
const POST = "POST /api/export";
const accepted: Answer = () => json({ jobId: CONFIG.id, status: "pending" }, 202);

afterEach(() => {
  document.body.replaceChildren();
  localStorage.clear();
});

function button(answers: Record<string, Answer[]>, attributes: Record<string, string> = {}) {
  const element = document.createElement("export-button") as ExportButton;
  const stub = new StubService(answers);
  element.service = { fetch: stub.fetch };
  element.config = CONFIG;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  const told: string[] = [];
  for (const name of ["export-completed", "export-failed", "export-cancelled"]) {
    element.addEventListener(name, () => told.push(name));
  }
  document.body.append(element);
  const root = element.shadowRoot;
  assert.ok(root);
  const part = (name: string) => root.querySelector<HTMLElement>(`.${name}`) as HTMLElement;
  return {
    element,
    stub,
    told,
    part,
    press: (action: Action) => part(action).click(),
    shown: () =>
      [...root.querySelectorAll("button")].filter((b) => !b.hidden).map((b) => b.textContent),
    until: async (phase: string) => {
      for (let turn = 0; element.dataset.phase !== phase; turn++) {
        assert.ok(turn < 1000, `${element.dataset.phase} instead of ${phase}: ${stub.paths}`);
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  };
}

test("it asks, shows how it goes, and is ready", async () => {
  let finish = (_: Response) => {};
  const rest = new Promise<Response>((resolve) => {
    finish = resolve;
  });
  const { press, part, shown, until, stub, told } = button({
    [POST]: [accepted],
    [`GET ${AT}/events`]: [stream([event("1", status({ progress: 0.42, etaSeconds: 30 }))])],
    [`GET ${AT}/status`]: [() => rest],
  });
  assert.deepEqual(shown(), ["Export"]);
  assert.ok(part("bar").hidden);
  press("export");
  await until("running");
  while (part("stage").textContent !== "Rendering") await new Promise((r) => setImmediate(r));
  assert.equal(part("bar").getAttribute("aria-valuenow"), "42");
  assert.equal(part("bar").getAttribute("aria-valuetext"), "Rendering, 42 %, about 30 s left");
  assert.equal(part("heard").textContent, "Rendering, 40 %");
  assert.deepEqual(shown(), ["Cancel"]);
  finish(json(COMPLETED));
  await until("completed");
  assert.deepEqual(shown(), ["Download", "Export again"]);
  assert.deepEqual(JSON.parse(stub.asked[0]?.body ?? ""), CONFIG);
  assert.deepEqual(told, ["export-completed"]);
});

test("a refused config shows its sentences, and the next try asks for a new config", async () => {
  const errors = ["A.", "B."].map((message, n) => ({
    place: `segments[${n}]`,
    code: "x",
    message,
  }));
  const refused = { code: "config_invalid", error: "Two things are wrong.", errors };
  const { element, press, part, shown, until, told } = button({
    [POST]: [() => json(refused, 400), accepted],
    [`GET ${AT}/events`]: [stream([event("1", COMPLETED)])],
  });
  let made = 0;
  element.config = async () => {
    made += 1;
    return CONFIG;
  };
  press("export");
  await until("failed");
  assert.equal(part("error").textContent, "Two things are wrong.");
  assert.deepEqual(
    [...part("details").children].map((item) => item.textContent),
    ["A.", "B."],
  );
  assert.deepEqual(shown(), ["Try again"]);
  press("retry");
  await until("completed");
  assert.equal(made, 2);
  assert.deepEqual(told, ["export-failed", "export-completed"]);
});

test("after a lost answer the very same config is asked for again", async () => {
  const { element, press, until, stub } = button({
    [POST]: [
      () => {
        throw new TypeError("fetch failed");
      },
      accepted,
    ],
    [`GET ${AT}/events`]: [stream([event("1", COMPLETED)])],
  });
  element.config = () => ({ ...CONFIG, id: `${CONFIG.id}${stub.asked.length || ""}` });
  press("export");
  await until("failed");
  press("retry");
  await until("completed");
  const [first, second] = stub.asked.filter(({ method }) => method === "POST");
  assert.equal(first?.body, second?.body);
});

test("a failed export is tried again under its id", async () => {
  const failed = status({ status: "failed", error: "Camera 2 cannot be read.", errorCode: "x" });
  const { press, part, shown, until, stub } = button({
    [POST]: [accepted],
    [`GET ${AT}/events`]: [stream([event("1", failed)]), stream([event("2", COMPLETED)])],
    [`GET ${AT}/status`]: [() => json(failed)],
    [`POST ${AT}/retry`]: [accepted],
  });
  press("export");
  await until("failed");
  assert.equal(part("error").textContent, "Camera 2 cannot be read.");
  assert.deepEqual(shown(), ["Try again", "Export again"]);
  press("retry");
  await until("completed");
  assert.ok(stub.paths.includes(`POST ${AT}/retry`));
  assert.equal(stub.paths.filter((path) => path === POST).length, 1);
});

test("a cancel ends the watching and the export, and leaves the button as it was", async () => {
  const { press, part, shown, until, stub, told } = button(
    {
      [POST]: [accepted],
      [`GET ${AT}/events`]: [stream([event("1", status())], "hangs")],
      [`DELETE ${AT}`]: [() => json({ jobId: CONFIG.id, status: "cancelled" })],
    },
    { "storage-key": "k" },
  );
  press("export");
  await until("running");
  assert.equal(localStorage.getItem("k"), CONFIG.id);
  press("cancel");
  await until("idle");
  assert.equal(part("stage").textContent, "The export was cancelled.");
  assert.deepEqual(shown(), ["Export"]);
  assert.deepEqual(told, ["export-cancelled"]);
  assert.equal(localStorage.getItem("k"), null);
  assert.equal(stub.paths.at(-1), `DELETE ${AT}`);
});

test("a cancel does not overtake the asking", async () => {
  let answer = (_: Response) => {};
  const asked = new Promise<Response>((resolve) => {
    answer = resolve;
  });
  const { press, until, stub } = button({
    [POST]: [() => asked],
    [`DELETE ${AT}`]: [() => json({ jobId: CONFIG.id, status: "cancelled" })],
  });
  press("export");
  while (stub.asked.length === 0) await new Promise((resolve) => setImmediate(resolve));
  press("cancel");
  await until("running");
  assert.deepEqual(stub.paths, [POST]);
  answer(json({ jobId: CONFIG.id, status: "pending" }, 202));
  await until("idle");
  assert.deepEqual(stub.paths, [POST, `DELETE ${AT}`]);
});

test("a page that was loaded again goes on, and forgets what is not there any more", async () => {
  localStorage.setItem("k", CONFIG.id);
  const events = { [`GET ${AT}/events`]: [stream([event("1", COMPLETED)])] };
  const again = button(events, { "storage-key": "k" });
  await again.until("completed");
  assert.equal(again.stub.paths.filter((path) => path === POST).length, 0);
  again.element.remove();
  const gone: Answer = () => problem(404, "not_found");
  const answers = { [`GET ${AT}/events`]: [gone], [`GET ${AT}/status`]: [gone] };
  const forgotten = button(answers, { "storage-key": "k" });
  while (localStorage.getItem("k")) await new Promise((resolve) => setImmediate(resolve));
  await forgotten.until("idle");
  assert.equal(localStorage.getItem("k"), null);
  assert.deepEqual(forgotten.told, []);
});

test("properties that were set before the element was defined count", async () => {
  // What an element that is upgraded looks like: own properties in front of the class.
  const element = document.createElement("export-button") as ExportButton;
  const stub = new StubService({
    [POST]: [accepted],
    [`GET ${AT}/events`]: [stream([event("1", COMPLETED)])],
  });
  Object.defineProperty(element, "config", { value: CONFIG, configurable: true, writable: true });
  const service = { value: { fetch: stub.fetch }, configurable: true, writable: true };
  Object.defineProperty(element, "service", service);
  document.body.append(element);
  assert.ok(!Object.hasOwn(element, "config"));
  element.shadowRoot?.querySelector<HTMLElement>(".export")?.click();
  while (element.dataset.phase !== "completed") await new Promise((r) => setImmediate(r));
  assert.ok(stub.paths.includes(POST));
});

test("moved to another place in the page, it goes on", async () => {
  const { element, press, until, stub } = button({
    [POST]: [accepted],
    [`GET ${AT}/events`]: [stream([], "hangs"), stream([event("2", COMPLETED)])],
  });
  press("export");
  await until("running");
  const place = document.createElement("section");
  document.body.append(place);
  place.append(element);
  await until("completed");
  assert.equal(stub.paths.filter((path) => path === POST).length, 1);
});

test("who says a line later where the service is, is asked there alone", async () => {
  localStorage.setItem("k", CONFIG.id);
  const answers = { [`GET ${AT}/events`]: [stream([event("1", COMPLETED)])] };
  const wrong = new StubService(answers);
  const right = new StubService(answers);
  const { element, until } = button({}, { "storage-key": "k" });
  element.service = { fetch: wrong.fetch };
  element.service = { fetch: right.fetch };
  await until("completed");
  assert.deepEqual([wrong.paths.length, right.paths.length], [0, 1]);
});

test("a 404 of somebody else forgets nothing", async () => {
  localStorage.setItem("k", CONFIG.id);
  const gone: Answer = () => new Response("<h1>Not Found</h1>", { status: 404 });
  const answers = { [`GET ${AT}/events`]: [gone], [`GET ${AT}/status`]: [gone] };
  const { until } = button(answers, { "storage-key": "k" });
  await until("failed");
  assert.equal(localStorage.getItem("k"), CONFIG.id);
});

test("the keyboard stays inside when the pressed button goes", async () => {
  const { element, part, press, until } = button({
    [POST]: [accepted],
    [`GET ${AT}/events`]: [stream([event("1", COMPLETED)])],
  });
  part("export").focus();
  press("export");
  await until("completed");
  assert.equal(element.shadowRoot?.activeElement, part("download"));
});

test("words can be others, and nothing is pressed without a config", async () => {
  const { element, press, part, shown, until } = button({});
  element.labels = { export: "Exportieren", retry: "Nochmal" };
  element.config = null;
  assert.deepEqual(shown(), ["Exportieren"]);
  press("export");
  await until("failed");
  assert.equal(part("error").textContent, "There is nothing to export yet.");
  assert.deepEqual(shown(), ["Nochmal"]);
});
