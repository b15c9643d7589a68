import { writeFileSync } from 'node:fs'
import { isMainThread } from 'node:worker_threads'

/*
 * Preloaded into a measured process: it leaves what the process used, all its threads together, when it ends.
 */

const { BENCH_USAGE: file } = process.env
if (isMainThread && file !== undefined) {
  // Whatever it starts is measured by others, or not at all.
  delete process.env.BENCH_USAGE
  process.on('exit', () => {
    const { user, system } = process.cpuUsage()
    writeFileSync(file, JSON.stringify({ cpuMs: (user + system) / 1_000 }))
  })
}
