import { parseArgs } from 'node:util'
import { defaultServer } from './serve/setting.ts'

export interface Options {
  /** Suites to run, all where none is named. */
  readonly suites: readonly string[]
  readonly quick: boolean
  /** Where to write the results, and nothing else. */
  readonly out?: string
  readonly seed: string
  /** The server's program. */
  readonly server: string
}

/**
 * Reads the command line.
 *
 * @param known - The suites that there are.
 * @returns What is wrong with it, in one sentence, where something is.
 */
export function readOptions(args: readonly string[], known: readonly string[]): Options | string {
  try {
    const { values, positionals: suites } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        quick: { type: 'boolean', default: false },
        out: { type: 'string' },
        seed: { type: 'string', default: 'bench' },
        server: { type: 'string', default: defaultServer },
      },
    })
    const unknown = suites.find((name) => !known.includes(name))
    if (unknown === undefined) return { ...values, suites }
    return `Failed to measure ${unknown}: there is no such suite. Name ${known.join(' or ')}, or none for all.`
  } catch (error) {
    return `Failed to read the options: ${error instanceof Error ? error.message : error}`
  }
}
