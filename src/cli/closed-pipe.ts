import type { Writable } from 'node:stream'

/**
 * Lets whoever reads what is printed stop reading, as in `prove --list | head -1`: no mistake of this
 * program. The command goes on to its end, as its exit code must be true and orders want cancelling.
 */
export function bearClosedPipe(stream: Writable): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
}
