import { Writable } from 'node:stream'

/** Takes whatever is said, and tells nobody. */
export function nowhere(): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done() })
}
