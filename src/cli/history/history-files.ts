import { dirname, join, resolve } from 'node:path'

/**
 * Where the runs on a target are remembered that write to `out`: `reports/history/<target>.ndjson` for
 * those that write where runs do unless told otherwise, and below its own directory for any other, since it
 * writes nowhere else.
 *
 * @param of - The target whose history is meant, if it is not that of the run.
 */
export function historyFile(cwd: string, out: string, target: string, of: string = target): string {
  const folder = resolve(cwd, out)
  const isUsual = folder === resolve(cwd, 'reports', target)
  return join(isUsual ? dirname(folder) : folder, 'history', `${of}.ndjson`)
}
