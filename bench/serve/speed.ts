import { median } from '../driving/samples.ts'
import { type Kind, measureOf, type Pair } from '../report/measure.ts'
import type { Measure } from '../report/results.ts'
import {
  bareParties,
  manyOrganisations,
  oneOrganisation,
  perSecond,
  runInProcess,
  runServer,
  type Served,
} from './arms.ts'
import type { Setting } from './setting.ts'

/** Share of the time that the bare server may have nothing to do: with more, it did not set the pace. */
const MOST_IDLE = 0.1

interface Repetition {
  readonly bare: Served
  readonly served: Served
  readonly shared: Served
  /** Flows per second. */
  readonly direct: number
  readonly msw: number
}

/** One way of looking at a repetition. */
type View = readonly [kind: Kind, pair: (repetition: Repetition) => Pair]

const flowsPerSecond = { unit: 'flows/s', better: 'higher' } as const

const views: readonly View[] = [
  [
    { id: 'full-flow', title: 'full flow over HTTP', ...flowsPerSecond, bar: 0.5, aim: 0.65 },
    ({ bare, served }) => ({ value: perSecond(served.flows), reference: perSecond(bare.flows) }),
  ],
  [
    { id: 'flow-cpu', title: 'processor time of a flow', unit: 'µs', better: 'lower' },
    ({ bare, served }) => ({
      value: served.cpuMicrosPerFlow,
      reference: bare.cpuMicrosPerFlow,
    }),
  ],
  [
    { id: 'get-order', title: 'GET order', unit: 'requests/s', better: 'higher' },
    ({ bare, served }) => ({
      value: perSecond(served.queries),
      reference: perSecond(bare.queries),
    }),
  ],
  [
    { id: 'p50', title: 'p50 of the full flow’s requests', unit: 'ms', better: 'lower' },
    (repetition) => latency(repetition, 0.5),
  ],
  [
    {
      id: 'p99',
      title: 'p99 of the full flow’s requests',
      unit: 'ms',
      better: 'lower',
      bar: 2.5,
      aim: 1.5,
    },
    (repetition) => latency(repetition, 0.99),
  ],
  [
    {
      id: 'organisations',
      title: '16 organisations sharing one server, against one',
      ...flowsPerSecond,
      bar: 0.9,
      aim: 1,
    },
    ({ shared, served }) => ({
      value: perSecond(shared.flows),
      reference: perSecond(served.flows),
    }),
  ],
  [
    {
      id: 'doors-direct',
      title: 'in process, endpoint table direct, against over HTTP',
      ...flowsPerSecond,
      bar: 3,
      aim: 5,
    },
    ({ direct, served }) => ({ value: direct, reference: perSecond(served.flows) }),
  ],
  [
    { id: 'through-msw', title: 'in process, through MSW, against over HTTP', ...flowsPerSecond },
    ({ msw, served }) => ({ value: msw, reference: perSecond(served.flows) }),
  ],
]

/** Measures whose ratio is to the bare server's speed. */
const toBare: ReadonlySet<string> = new Set(['full-flow', 'get-order', 'p50', 'p99'])

function latency({ bare, served }: Repetition, share: number): Pair {
  return {
    value: served.flows.latencies.quantile(share),
    reference: bare.flows.latencies.quantile(share),
  }
}

/** Everything that is measured by repeating it, each repetition a turn of every arm. */
export async function measureSpeed(
  setting: Setting,
): Promise<{ readonly measures: Measure[]; readonly notes: string[] }> {
  const { connections } = setting.scale
  const repetitions: Repetition[] = []
  for (let turn = 0; turn < setting.scale.repetitions; turn++) {
    setting.progress(`repetition ${turn + 1} of ${setting.scale.repetitions}`)
    repetitions.push({
      bare: await runServer(setting, setting.bare, bareParties(connections)),
      served: await runServer(setting, setting.served, oneOrganisation(connections)),
      shared: await runServer(setting, setting.served, manyOrganisations(connections)),
      direct: await runInProcess(setting, 'doors-direct.ts'),
      msw: await runInProcess(setting, 'through-msw.ts'),
    })
  }
  const why = doubt(repetitions)
  const judged = (id: string) => (toBare.has(id) ? why : undefined)
  const measures = views.map(([kind, pair]) =>
    measureOf(kind, repetitions.map(pair), judged(kind.id)),
  )
  return { measures, notes: loadNotes(repetitions) }
}

/** A bare server that waits for the driver flatters every ratio to it. */
function doubt(repetitions: readonly Repetition[]): string | undefined {
  const idle = median(repetitions.map(({ bare }) => 1 - bare.serverBusy - bare.serverWaited))
  if (idle <= MOST_IDLE) return undefined
  return `the bare server had nothing to do for ${Math.round(idle * 100)} % of the time: the driver, or others on its core, held it back`
}

function loadNotes(repetitions: readonly Repetition[]): string[] {
  const arms = ['bare', 'served', 'shared'] as const
  const names = { bare: 'the bare server', served: 'the simulation', shared: '16 organisations' }
  const loads = arms.map((arm) => {
    const of = (busy: (served: Served) => number) => percent(repetitions.map((r) => busy(r[arm])))
    return `${names[arm]}: server ${of(({ serverBusy }) => serverBusy)} (kept waiting by others ${of(({ serverWaited }) => serverWaited)}), driver ${of(({ flows }) => flows.driverBusy)}`
  })
  return [`Busy during the flow, least to most of the repetitions: ${loads.join('; ')}.`]
}

function percent(shares: readonly number[]): string {
  const [least, most] = [Math.min(...shares), Math.max(...shares)]
  return `${Math.round(least * 100)} to ${Math.round(most * 100)} %`
}
