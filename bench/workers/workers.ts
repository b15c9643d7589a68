import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launchStandIn, type StandIn } from '../../tests/stand-in/launch.ts'
import { type Kind, measureOf } from '../report/measure.ts'
import type { SuiteResult } from '../serve/suite.ts'
import { writeFeatures } from '../suite/write-features.ts'
import { type EndpointArm, type EndpointPace, runAtEndpoint } from './run-at-endpoint.ts'
import type { WorkersScale } from './scale.ts'

/** Enough for every worker: what the workers can do is measured, and the default apart. */
const UNBOUND = 1_000

const FURTHER = [2, 3, 4].map((number) => ({
  user: `user${number}`,
  password: `password-${number}`,
  org: `Organisation${number}`,
}))

const inScenarios = { unit: 'scenarios/s', better: 'higher' } as const

/** Several workers against one, the same scenarios, at an endpoint that takes its time. */
export async function measureWorkers(
  scale: WorkersScale,
  progress: (text: string) => void,
): Promise<SuiteResult> {
  const { scenarios: count, latencyMs, workers } = scale
  const top = mkdtempSync(join(tmpdir(), 'bench-workers-'))
  const standIn = await launchStandIn({
    // A token of a minute would be waited for to expire, by however many workers.
    behaviour: { latencyMs, tokenTtlMs: 3_600_000, further: FURTHER },
  })
  try {
    const features = join(top, 'features')
    writeFeatures(features, count)
    const run = (name: string, arm: EndpointArm) => {
      progress(`${count} scenarios, ${name}`)
      return runOnce(name, arm, { standIn, features, count, top })
    }
    const one = await run('1 worker', { workers: 1, logins: 'one', requestsPerSecond: UNBOUND })
    const many = await run(`${workers} workers`, {
      ...{ workers, logins: 'one', requestsPerSecond: UNBOUND },
    })
    const byDefault = await run(`${workers} workers, default pace`, { workers, logins: 'one' })
    const spread = await run(`${workers} workers, 4 logins`, {
      ...{ workers, logins: 'all', requestsPerSecond: UNBOUND },
    })
    return {
      measures: [
        against(one, many, { id: 'workers', title: `${workers} workers against one`, bar: 5 }),
        against(one, byDefault, {
          ...{ id: 'workers-pace', title: `${workers} workers, 25 requests a second` },
        }),
        against(one, spread, { id: 'workers-logins', title: `${workers} workers with 4 logins` }),
        measureOf(
          {
            id: 'workers-within',
            title: 'the first line, from first order to last',
            ...inScenarios,
          },
          [{ value: many.scenarios, reference: one.scenarios }],
        ),
      ],
      notes: [`${count} scenarios of the full flow, each answer after ${latencyMs} ms.`],
    }
  } finally {
    await standIn.stop()
    rmSync(top, { recursive: true, force: true })
  }
}

function against(
  one: EndpointPace,
  many: EndpointPace,
  kind: Omit<Kind, 'unit' | 'better'>,
): ReturnType<typeof measureOf> {
  return measureOf({ ...kind, ...inScenarios }, [{ value: many.whole, reference: one.whole }])
}

function runOnce(
  name: string,
  arm: EndpointArm,
  of: {
    readonly standIn: StandIn
    readonly features: string
    readonly count: number
    readonly top: string
  },
): Promise<EndpointPace> {
  const folder = join(of.top, name.replaceAll(/\W+/g, '-'))
  mkdirSync(folder)
  return runAtEndpoint(arm, { ...of, folder })
}
