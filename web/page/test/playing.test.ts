import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "node:test";
import { type Signal, signal } from "@preact/signals";
import { newEdit, setOffset, trim } from "../src/edit/cameras.ts";
import type { Edit } from "../src/edit/edit.ts";
import { History } from "../src/edit/history.ts";
import { shownAt } from "../src/edit/shown.ts";
import { switchAt } from "../src/edit/switches.ts";
import { CameraVideo } from "../src/player/camera-video.ts";
import { Player } from "../src/player/player.ts";
import { FakeVideo } from "./fake-video.ts";
import { camera } from "./random.ts";

const asText = (one: Edit) =>
  one.switches.map(({ frame, camera: id }) => `${frame}${id}`).join(" ");

/** A page with no browser: pictures come when `tick` says so. */
class Room {
  now = 0;
  readonly edit: Signal<Edit | null>;
  readonly playhead = signal(0);
  history: History<Edit>;
  readonly player: Player;
  readonly videos = new Map<string, FakeVideo>();
  private waiting: FrameRequestCallback[] = [];

  constructor(edit: Edit) {
    globalThis.requestAnimationFrame = (call) => this.waiting.push(call);
    globalThis.cancelAnimationFrame = () => {
      this.waiting = [];
    };
    performance.now = () => this.now;
    this.edit = signal(edit);
    this.history = History.of(edit);
    const keep = (next: History<Edit>) => {
      this.history = next;
      this.edit.value = next.present;
    };
    this.player = new Player({
      edit: this.edit,
      playhead: this.playhead,
      change: (next) => keep(this.history.push(next)),
      amend: (next) => keep(this.history.amend(next)),
    });
    for (const { id, fps } of edit.cameras) {
      const video = new FakeVideo(fps ?? 30);
      this.videos.set(id, video);
      const made = new CameraVideo(video.asElement(), () => this.player.hasPicture(id));
      this.player.stage.attach(id, made);
      made.load(`${id}.mp4`, fps ?? 30);
      this.player.loaded(id);
    }
    this.arrive();
  }

  video(id: string): FakeVideo {
    return this.videos.get(id) as FakeVideo;
  }

  arrive(): void {
    for (const video of this.videos.values()) video.arrive();
  }

  /** Seconds go by, sixty pictures in each. */
  pass(seconds: number): void {
    for (let left = Math.round(seconds * 60); left > 0; left--) {
      this.now += 1000 / 60;
      for (const video of this.videos.values()) video.pass(1 / 60);
      const calls = this.waiting;
      this.waiting = [];
      for (const call of calls) call(this.now);
    }
  }

  get current(): Edit {
    return this.edit.peek() as Edit;
  }
}

const three = newEdit([
  camera("c1"),
  camera("c2", { offset: -1.7 }),
  camera("c3", { offset: 0.9, seconds: 58 }),
]);
const saved = { now: performance.now, next: globalThis.requestAnimationFrame };

describe("the player", () => {
  let room: Room;
  beforeEach(() => {
    room = new Room(switchAt(three, 300, "c2"));
  });
  afterEach(() => {
    room.player.close();
    performance.now = saved.now;
    globalThis.requestAnimationFrame = saved.next;
  });

  it("shows every camera's very frame where it stands", () => {
    for (const frame of [0, 1, 299, 300, 1000]) {
      room.player.goTo(frame);
      room.arrive();
      room.arrive();
      for (const { id } of three.cameras) {
        const due = shownAt(switchAt(room.current, 0, id, three.frames), frame).frame;
        assert.equal(room.video(id).frame, due, `${id} at ${frame}`);
      }
    }
  });

  it("shows of a camera with another rate what the file will, wherever its turn began", () => {
    room.player.close();
    const mixed = newEdit([
      camera("c1", { fps: 29.97002997002997 }),
      camera("c2", { fps: 25, offset: 0.9 }),
    ]);
    room = new Room(switchAt(switchAt(mixed, 201, "c2"), 333, "c1"));
    for (let frame = 201; frame < 333; frame += 3) {
      room.player.goTo(frame);
      room.arrive();
      room.arrive();
      assert.equal(room.video("c2").frame, shownAt(room.current, frame).frame);
    }
  });

  it("does not pile up seeks: while one is under way only the last wish is kept", () => {
    const { seeks } = room.video("c1");
    const before = seeks.length;
    for (let frame = 10; frame < 60; frame++) room.player.goTo(frame);
    room.arrive();
    room.arrive();
    assert.equal(seeks.length, before + 2);
    assert.equal(room.video("c1").frame, 59 + 51);
  });

  it("begins when all are there, and then keeps them within a frame", () => {
    room.video("c3").readyState = 2;
    room.player.toggle();
    room.pass(0.5);
    assert.equal(room.player.state.peek(), "waiting");
    assert.ok(room.video("c1").paused);
    room.video("c3").readyState = 4;
    room.arrive();
    room.pass(0.1);
    assert.equal(room.player.state.peek(), "playing");
    // One of them hangs for a moment.
    room.video("c3").currentTime = room.video("c3").currentTime - 0.12;
    room.arrive();
    room.pass(2);
    const [one, , guest] = three.cameras;
    const skew =
      room.video("c1").currentTime -
      (one?.offset ?? 0) -
      (room.video("c3").currentTime - (guest?.offset ?? 0));
    assert.ok(Math.abs(skew) < 1 / 30, `${skew}`);
  });

  it("has all wait when who is on has nothing more, and goes on from there", () => {
    room.player.toggle();
    room.pass(1);
    const at = room.playhead.peek();
    assert.ok(at > 25 && at < 35);
    room.video("c1").readyState = 2;
    room.pass(1);
    assert.equal(room.player.state.peek(), "waiting");
    assert.ok(room.video("c2").paused);
    assert.ok(room.playhead.peek() - at < 8);
    room.video("c1").readyState = 4;
    room.arrive();
    room.pass(1);
    assert.equal(room.player.state.peek(), "playing");
    assert.ok(room.playhead.peek() > at + 20);
  });

  it("switches at the frame on screen, as a take that replaces the cuts it passes", () => {
    room.player.toggle();
    room.pass(1);
    const first = room.playhead.peek();
    assert.equal(room.video("c1").frame, first + 51);
    room.player.switchTo("c3");
    assert.equal(asText(room.current), `0c1 ${first}c3 300c2`);
    room.pass(1);
    const second = room.playhead.peek();
    room.player.switchTo("c2");
    assert.equal(asText(room.current), `0c1 ${first}c3 ${second}c2`);
    room.pass(0.5);
    room.player.switchTo("c3");
    room.pass(8);
    assert.ok(room.playhead.peek() > 300);
    assert.ok(!asText(room.current).includes("300c2"));
    room.player.stop();
    room.history = room.history.undo();
    assert.equal(asText(room.history.present), `0c1 ${first}c3 ${second}c2`);
    assert.equal(asText(room.history.undo().undo().present), "0c1 300c2");
  });

  it("is heard from who is on, or from who is chosen, and from nobody else", () => {
    const heard = () => [...room.videos].filter(([, video]) => !video.muted).map(([id]) => id);
    room.player.toggle();
    room.pass(0.5);
    assert.deepEqual(heard(), ["c1"]);
    room.player.switchTo("c2");
    room.pass(0.1);
    assert.deepEqual(heard(), ["c2"]);
    room.player.sound.value = "c3";
    room.pass(0.1);
    assert.deepEqual(heard(), ["c3"]);
    room.player.sound.value = "";
    room.pass(0.1);
    assert.deepEqual(heard(), []);
  });

  it("plays through where a camera has nothing, and has it begin in time", () => {
    room.edit.value = trim(setOffset(three, "c1", -1), { start: 0, end: 120 });
    room.player.goTo(0);
    room.arrive();
    room.arrive();
    room.player.toggle();
    room.pass(0.7);
    assert.ok(room.video("c1").paused);
    assert.ok(room.playhead.peek() > 15);
    room.pass(0.8);
    room.arrive();
    room.pass(0.5);
    assert.ok(!room.video("c1").paused);
    assert.ok(Math.abs(room.video("c1").frame - (room.playhead.peek() - 30)) <= 1);
    room.pass(5);
    assert.equal(room.player.state.peek(), "stopped");
    assert.equal(room.playhead.peek(), 119);
  });

  it("goes backwards by seeking, and stops at the start", () => {
    room.player.goTo(40);
    room.arrive();
    room.player.shuttle(-1);
    for (let step = 0; step < 30; step++) {
      room.pass(1 / 30);
      room.arrive();
    }
    assert.ok(room.playhead.peek() < 12 && room.playhead.peek() > 5);
    room.pass(1);
    assert.equal(room.playhead.peek(), 0);
    assert.equal(room.player.speed.peek(), 0);
  });
});
