// A video element that tells which picture it shows: the frame's own timestamp, and its code.
//
// A frame is taken from the element as a VideoFrame and drawn to a canvas. What the element says
// beside it (currentTime, the metadata of a callback) may be one frame away on a busy machine.
// `code` is how a picture holds camera and frame number: the numbers of coded_media.py.
(url, code) => {
  document.body.replaceChildren();
  const video = document.createElement("video");
  const canvas = document.createElement("canvas");
  const drawing = canvas.getContext("2d", { willReadFrequently: true });
  document.body.append(video, canvas);
  video.src = url;

  const happens = (name) => new Promise((done, failed) => {
    const fail = () => failed(new Error(`${video.error.code}: ${video.error.message}`));
    if (video.error) fail();
    video.addEventListener(name, done, { once: true });
    video.addEventListener("error", fail, { once: true });
  });

  // The middle half of a cell, or less than nothing for black; null for two pictures in one.
  function bit(pixels, width, height, row, column) {
    let sum = 0;
    for (let n = 0; n < 25; n++) {
      const across = column + 0.3 + 0.1 * (n % 5), down = row + 0.3 + 0.1 * Math.floor(n / 5);
      const x = Math.floor((code.left + (code.right - code.left) * across / code.columns) * width);
      const y = Math.floor((code.top + (code.bottom - code.top) * down / code.rows) * height);
      const at = 4 * (y * width + x);
      sum += 0.2126 * pixels[at] + 0.7152 * pixels[at + 1] + 0.0722 * pixels[at + 2];
    }
    const distance = sum / 25 - code.middle;
    return Math.abs(distance) < code.contrast ? null : Number(distance > 0);
  }

  // [camera, frame], or null for a picture that cannot be read.
  function decode(pixels, width, height) {
    let word = 0n;
    for (let row = 0; row < code.rows; row++)
      for (let column = 0; column < code.columns; column++) {
        const next = bit(pixels, width, height, row, column);
        if (next === null) return null;
        word = word << 1n | BigInt(next);
      }
    const value = Number(word >> BigInt(code.checkBits));
    const check = Math.imul(value + 1, 0x9E3779B1) >>> (32 - code.checkBits);
    if (check !== Number(word & (1n << BigInt(code.checkBits)) - 1n)) return null;
    return [value >>> code.frameBits, value & (1 << code.frameBits) - 1];
  }

  function read() {
    const frame = new VideoFrame(video);
    const [width, height] = [frame.displayWidth, frame.displayHeight];
    [canvas.width, canvas.height] = [width, height];
    drawing.drawImage(frame, 0, 0);
    const microseconds = frame.timestamp;
    frame.close();
    const pixels = drawing.getImageData(0, 0, width, height).data;
    return { microseconds, size: [width, height], code: decode(pixels, width, height) };
  }

  async function go(seconds) {
    const presented = new Promise((done) => video.requestVideoFrameCallback(done));
    const sought = happens("seeked");
    video.currentTime = seconds;
    await sought;
    await presented;
  }

  return {
    async open() {
      if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) await happens("loadeddata");
      return { seconds: video.duration, size: [video.videoWidth, video.videoHeight] };
    },

    async seek(seconds) {
      await go(seconds);
      return read();
    },

    // Plays from `start` to the end; every presented picture, in order.
    async play(start, rate) {
      await go(start);
      const seen = [];
      let request = 0;
      const each = () => {
        seen.push(read());
        request = video.requestVideoFrameCallback(each);
      };
      request = video.requestVideoFrameCallback(each);
      video.playbackRate = rate;
      const ended = happens("ended");
      await video.play();
      await ended;
      video.cancelVideoFrameCallback(request);
      return seen;
    },
  };
}
