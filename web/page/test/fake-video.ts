/** A video that plays by a clock one winds by hand, and says what it was asked to do. */

type Told = (now: number, facts: { mediaTime: number }) => void;

export class FakeVideo extends EventTarget {
  readonly error = null;
  readonly videoWidth = 1280;
  readonly videoHeight = 720;
  muted = true;
  paused = true;
  seeking = false;
  /** Everything is there, until a test says otherwise. */
  readyState = 4;
  playbackRate = 1;
  src = "";
  /** Where it was sent, in order. */
  readonly seeks: number[] = [];
  private time = 0;
  private told: Told[] = [];

  constructor(private readonly fps: number) {
    super();
  }

  getAttribute(): string | null {
    return this.src || null;
  }

  removeAttribute(): void {
    this.src = "";
  }

  load(): void {}

  get currentTime(): number {
    return this.time;
  }

  set currentTime(time: number) {
    this.time = time;
    this.seeking = true;
    this.seeks.push(time);
  }

  /** The seek under way comes to its end. */
  arrive(): void {
    if (!this.seeking) return;
    this.seeking = false;
    this.dispatchEvent(new Event("seeked"));
    this.show();
  }

  async play(): Promise<void> {
    this.paused = false;
  }

  pause(): void {
    this.paused = true;
  }

  requestVideoFrameCallback(tell: Told): void {
    this.told.push(tell);
  }

  /** Time goes on. */
  pass(seconds: number): void {
    if (this.paused || this.seeking || this.readyState < 3) return;
    this.time += seconds * this.playbackRate;
    this.show();
  }

  private show(): void {
    const told = this.told;
    this.told = [];
    const mediaTime = Math.floor(this.time * this.fps + 1e-6) / this.fps;
    for (const tell of told) tell(0, { mediaTime });
  }

  get frame(): number {
    return Math.floor(this.time * this.fps + 1e-6);
  }

  asElement(): HTMLVideoElement {
    return this as unknown as HTMLVideoElement;
  }
}
