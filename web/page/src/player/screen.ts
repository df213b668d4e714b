/** The big picture. */

/**
 * Draws a video's picture on a canvas, with its shape kept; null is black. A picture that is still on its way
 * leaves the one before on screen, so that nothing ever flashes.
 */
export function paint(canvas: HTMLCanvasElement, video: HTMLVideoElement | null): void {
  const context = canvas.getContext("2d", { alpha: false });
  if (!context) return;
  const { width, height } = canvas;
  if (!video) {
    context.fillRect(0, 0, width, height);
    return;
  }
  const { videoWidth, videoHeight } = video;
  const scale = Math.min(width / videoWidth, height / videoHeight);
  const [wide, high] = [videoWidth * scale, videoHeight * scale];
  if (wide < width - 1 || high < height - 1) context.fillRect(0, 0, width, height);
  context.drawImage(video, (width - wide) / 2, (height - high) / 2, wide, high);
}
