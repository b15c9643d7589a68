import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ScenarioEvidence } from '../../src/evidence/scenario-evidence.ts'

interface Line {
  readonly scenario?: { readonly evidence?: ScenarioEvidence }
}

/** What every scenario of a run saw, as it stands in its evidence, whole or not, in the order in which they ended. */
export function seenIn(out: string): ScenarioEvidence[] {
  return readFileSync(join(out, 'evidence', 'scenarios.ndjson'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .flatMap((line) => (JSON.parse(line) as Line).scenario?.evidence ?? [])
}
