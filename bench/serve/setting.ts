import { join } from 'node:path'
import type { Cores } from '../servers/cores.ts'
import type { Program } from '../servers/launch.ts'
import type { Scale } from './scale.ts'

/** What all measures of the served simulation share. */
export interface Setting {
  readonly scale: Scale
  readonly cores: Cores | string
  readonly bare: Program
  readonly served: Program
  /** Says what is going on, to whoever waits. */
  readonly progress: (text: string) => void
}

const bench = join(import.meta.dirname, '..')

export const bareProgram: Program = {
  name: 'bare',
  script: join(bench, 'servers/bare.mjs'),
  args: [],
}

/** As `npm run serve` has them: docs/decisions/0017 says what each is worth. */
const flags = ['--min-semi-space-size=4', '--max-semi-space-size=4', '--no-parallel-scavenge']

export function servedProgram(script: string, seed: string): Program {
  return { name: 'simulation', flags, script, args: ['serve', '--port', '0', '--seed', seed] }
}

export const defaultServer: string = join(bench, '../src/cli/main.ts')
