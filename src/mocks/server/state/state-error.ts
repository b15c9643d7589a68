/** What keeps state from being read or kept: one sentence. */
export class StateError extends Error {
  override readonly name = 'StateError'
}

const ofFiles: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such directory; make it',
  ENOTDIR: 'its directory is a file; use another',
  EISDIR: 'it is a directory; use a file',
  EACCES: 'it may not be written; use another file',
  EPERM: 'it may not be written; use another file',
  EROFS: 'it may not be written; use another file',
  ENOSPC: 'the disk is full; make room',
}

/** By the primary result code of SQLite. */
const ofSqlite: Readonly<Record<number, string>> = {
  5: 'another server uses it; end that one, or use another file',
  6: 'another server uses it; end that one, or use another file',
  8: 'it may not be written; use another file',
  10: 'the disk refuses it; look at the disk',
  11: 'it is damaged; use another file',
  13: 'the disk is full; make room',
  14: 'it cannot be opened; use another file',
  26: 'it holds something else; use another file',
}

/** What was wrong, as a clause of a sentence. */
export function reasonOf(error: unknown): string {
  const { code = '', errcode = 0 } = Object(error) as {
    readonly code?: string
    readonly errcode?: number
  }
  const [message = ''] = String(error instanceof Error ? error.message : error).split('\n')
  return ofFiles[code] ?? ofSqlite[errcode & 0xff] ?? message.replace(/\.$/, '')
}
