import { enableCompileCache, getCompileCacheDir } from 'node:module'
import { basename, dirname, join } from 'node:path'

/** What this is installed or checked out as. */
const root = join(import.meta.dirname, '../..')
const modules =
  basename(dirname(root)) === 'node_modules' ? dirname(root) : join(root, 'node_modules')

/**
 * Has what a command imports compiled, and stripped of its types, by the first process only. What was compiled stands
 * beside what it was made of, where nobody may write who may not change that too: commands hold secrets, and load it.
 * Where nobody may write, or `NODE_DISABLE_COMPILE_CACHE` is set, every process compiles for itself.
 *
 * @param env - Of this process: its workers, and the server that a run starts, go by its `NODE_COMPILE_CACHE`.
 */
export function keepCompiled(env: NodeJS.ProcessEnv): void {
  enableCompileCache(join(modules, '.cache', 'integral-harness'))
  const directory = getCompileCacheDir()
  // Node has a folder in it for each version.
  if (directory !== undefined) env.NODE_COMPILE_CACHE ??= dirname(directory)
}
