import { readFile, writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { withTables } from './simulation-tables.ts'

/**
 * Writes the generated tables of `docs/simulation.md`; with `--check`, only says whether they are what
 * the simulation has.
 *
 * Exit codes: 0 written, or up to date; 1 stale; 2 unknown argument, or no such document.
 */
const file = new URL('../../docs/simulation.md', import.meta.url)

function wantsCheck(): boolean | undefined {
  try {
    return parseArgs({ options: { check: { type: 'boolean', default: false } } }).values.check
  } catch {
    return undefined
  }
}

async function main(): Promise<number> {
  const check = wantsCheck()
  if (check === undefined) {
    console.error('Failed to read the arguments: only --check is known.')
    return 2
  }
  const written = await readFile(file, 'utf8').catch(() => undefined)
  if (written === undefined) {
    console.error('Failed to read docs/simulation.md: bring it back from version control.')
    return 2
  }
  const fresh = withTables(written)
  if (check && fresh !== written) {
    console.error('docs/simulation.md is not what the simulation has. Run: npm run simulation-doc')
    return 1
  }
  if (!check) await writeFile(file, fresh)
  return 0
}

process.exitCode = await main()
