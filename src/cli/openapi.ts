import { readFile, writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { openApiText } from '../api/openapi.ts'

/**
 * Writes `docs/openapi.json`; with `--check`, only says whether it is what the contract gives.
 *
 * Exit codes: 0 written, or up to date; 1 stale or missing; 2 unknown argument.
 */
const file = new URL('../../docs/openapi.json', import.meta.url)

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
  if (!check) {
    await writeFile(file, openApiText())
    return 0
  }
  const written = await readFile(file, 'utf8').catch(() => '')
  if (written === openApiText()) return 0
  console.error('docs/openapi.json is not what the contract gives. Run: npm run openapi')
  return 1
}

process.exitCode = await main()
