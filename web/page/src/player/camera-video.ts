/** One camera's video element: seeks that do not pile up, and which of its frames is on screen. */
import { follow, frameOf, type Look, middleOf } from "./follow.ts";

/** HTMLMediaElement.HAVE_CURRENT_DATA and HAVE_FUTURE_DATA. */
const HAS_PICTURE = 2;
const HAS_MORE = 3;

export class CameraVideo {
  /** Frames a second of the proxy; 0 until there is one. */
  fps = 0;
  /** The frame of the file whose picture is on screen; null before the first. */
  shown: number | null = null;
  private wanted: number | null = null;
  private soughtAt = Number.NEGATIVE_INFINITY;
  private lacksSince: number | null = null;
  private readonly listening = new AbortController();

  constructor(
    readonly element: HTMLVideoElement,
    private readonly onPicture: () => void,
  ) {
    const { signal } = this.listening;
    const settled = () => {
      this.goOn();
      // The picture is there to be drawn before a browser says that it has put it on screen.
      if (!this.isSeeking) this.onPicture();
    };
    element.addEventListener("seeked", settled, { signal });
    element.addEventListener("loadeddata", () => this.goOn(), { signal });
    this.listen();
  }

  load(url: string, fps: number): void {
    if (this.element.getAttribute("src") === url && !this.element.error) return;
    this.fps = fps;
    this.shown = null;
    this.element.src = url;
  }

  close(): void {
    this.listening.abort();
    this.element.pause();
    this.element.removeAttribute("src");
    this.element.load();
  }

  /** Whether there is something to play, now or soon. */
  get isUsable(): boolean {
    return this.fps > 0 && this.element.error === null;
  }

  get hasPicture(): boolean {
    return this.element.readyState >= HAS_PICTURE && this.element.videoWidth > 0;
  }

  get isSeeking(): boolean {
    return this.element.seeking || this.wanted !== null;
  }

  /** Whether it could play on at once. */
  get isReady(): boolean {
    return !this.isSeeking && this.element.readyState >= HAS_MORE;
  }

  get second(): number {
    return this.element.currentTime;
  }

  /** For how many seconds it has had nothing to go on with. */
  lacks(now: number): number {
    if (this.isReady) this.lacksSince = null;
    else this.lacksSince ??= now;
    return this.lacksSince === null ? 0 : (now - this.lacksSince) / 1000;
  }

  /** Show a frame. While one seek is under way only the last wish is kept. */
  showFrame(frame: number): void {
    if (this.fps > 0) this.seek(middleOf(Math.max(0, frame), this.fps));
  }

  seek(seconds: number): void {
    this.wanted = seconds;
    if (!this.element.seeking) this.goOn();
  }

  play(speed: number): void {
    this.setRate(speed);
    if (this.element.paused) this.element.play().catch(() => undefined);
  }

  pause(): void {
    if (!this.element.paused) this.element.pause();
  }

  /** Keep a playing video at `place`, seconds of its file. The one that is heard is not hurried. */
  keepAt(place: number, speed: number, now: number, isLeading: boolean): void {
    this.play(isLeading ? speed : this.element.playbackRate);
    if (this.isSeeking) return;
    const look: Look = {
      ahead: this.element.currentTime - place,
      frame: 1 / this.fps,
      speed,
      sinceSeek: (now - this.soughtAt) / 1000,
    };
    const move = follow(look);
    if (move.kind === "seek") this.seek(place + move.further);
    else if (!isLeading) this.setRate(move.rate);
  }

  /** Every change of the rate costs the browser something, so small ones are not made. */
  private setRate(rate: number): void {
    if (Math.abs(this.element.playbackRate - rate) > 0.01) this.element.playbackRate = rate;
  }

  private goOn(): void {
    if (this.wanted === null || this.element.readyState < 1) return;
    const to = this.wanted;
    this.wanted = null;
    this.soughtAt = performance.now();
    if (Math.abs(this.element.currentTime - to) > 1e-4) this.element.currentTime = to;
    else this.onPicture();
  }

  private listen(): void {
    const { element } = this;
    if (!("requestVideoFrameCallback" in element)) {
      this.listenWithout();
      return;
    }
    const next: VideoFrameRequestCallback = (_, { mediaTime }) => {
      if (this.listening.signal.aborted) return;
      this.shown = frameOf(mediaTime, this.fps);
      this.onPicture();
      element.requestVideoFrameCallback(next);
    };
    element.requestVideoFrameCallback(next);
  }

  /** A browser that does not tell which frame it shows: the time has to do. */
  private listenWithout(): void {
    const { element } = this as { element: HTMLVideoElement };
    const { signal } = this.listening;
    const look = () => {
      this.shown = Math.floor(element.currentTime * this.fps);
      this.onPicture();
    };
    for (const name of ["seeked", "timeupdate", "loadeddata"]) {
      element.addEventListener(name, look, { signal });
    }
  }
}
