// Sends a file by tus-js-client, and says what happens: one JSON object per line.
//
//     node send.mjs ENDPOINT FILE NAME [JSON OF FURTHER OPTIONS]
import fs from "node:fs"
import { PassThrough } from "node:stream"
import * as tus from "tus-js-client"

const [endpoint, file, filename, more = "{}"] = process.argv.slice(2)
const say = (what) => process.stdout.write(`${JSON.stringify(what)}\n`)

const { piped, ...options } = JSON.parse(more)

// What comes by a pipe has no length that the client could know.
const input = fs.createReadStream(file)
const upload = new tus.Upload(piped ? input.pipe(new PassThrough()) : input, {
  endpoint,
  metadata: { filename },
  retryDelays: [50, 100, 200, 400, 800, 1600, 3200],
  onShouldRetry: (error) => {
    const status = error.originalResponse?.getStatus() ?? 0
    say({ retry: status, method: error.originalRequest?.getMethod() })
    return status < 400 || status === 409 || status === 423 || status >= 500
  },
  onError: (error) => {
    say({ error: error.originalResponse?.getBody() ?? error.message })
    process.exitCode = 1
  },
  onSuccess: () => say({ done: new URL(upload.url).pathname }),
  ...options,
})
upload.start()
