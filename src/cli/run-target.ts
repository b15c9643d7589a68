import { accountOf, severalAccountsOf } from '../backends/endpoint/account-of.ts'
import type { EndpointConfig } from '../backends/endpoint/endpoint-config.ts'
import type { RunEnd } from '../backends/endpoint/run-end.ts'
import type { ChainWriter } from '../evidence/bundle/chain-writer.ts'
import { mergedOwn } from '../evidence/parts/merged-own.ts'
import type { RunReport } from '../evidence/run-report.ts'
import { type ScenarioEvidence, scenarioEvidence } from '../evidence/scenario-evidence.ts'
import { THE_RUN_ITSELF } from '../evidence/verdict.ts'
import { endpointBanner, openEndpointSession } from './endpoint-session.ts'
import { exitCodeOf, onInterruption, type Signal } from './interruption.ts'
import { type ReportFiles, removeHalves } from './report-files.ts'
import { problemsOf } from './run-problems.ts'
import type { VerifyOptions } from './verify-options.ts'

/** What a target leaves for the verdict, besides what the scenarios saw. */
export interface TargetEnd {
  readonly report: RunReport
  /** What the run did of itself. */
  readonly own?: ScenarioEvidence
  /** Why the run cannot be judged as a whole; the first is told. */
  readonly problems: readonly string[]
  /** Where all scenarios were; that of the first one when absent. */
  readonly baseUrl?: string
}

/** What a run is made against, from before its first scenario to after its last. */
export interface RunTarget {
  /** Said before anything is sent. */
  readonly banner: readonly string[]
  /** What scenarios must know to find it; whole once it has started. */
  readonly parameters: Readonly<Record<string, string>>
  /** Resolves to why no scenario can be run; to nothing where they can. */
  start(): Promise<string | undefined>
  finish(): Promise<TargetEnd>
}

/** Told of the signal that ends the process, before anything else is done about it. */
export type LastWord = (signal: Signal) => void

/** Every scenario makes a simulation of its own; there is nothing to begin or end. */
export function simulationTarget(files: ReportFiles, lastWord: LastWord): RunTarget {
  const release = onInterruption((signal) => {
    lastWord(signal)
    removeHalves(files)
    process.exit(exitCodeOf(signal))
  })
  return {
    banner: [],
    parameters: {},
    start: async () => undefined,
    finish: async () => {
      release()
      return { report: {}, problems: [] }
    },
  }
}

/** An endpoint: one run with one connection, session, journal and set of caps for all scenarios. */
export function endpointTarget(
  config: EndpointConfig,
  { seed, parallel }: VerifyOptions,
  files: ReportFiles,
  transcript: ChainWriter,
  startedAt: number,
  say: (line: string) => void,
): RunTarget {
  const workers = Math.max(1, parallel)
  const session = openEndpointSession(config, files.journal, transcript, startedAt, workers)
  let interruption: string | undefined
  const release = onInterruption((signal) => {
    interruption = `it was interrupted by ${signal}`
    say(
      `Interrupted by ${signal}: what is working is being cancelled, then the reports are written. Again ends it at once, and may leave orders working.`,
    )
    session.run.stop(`the run was interrupted by ${signal}`)
  })
  return {
    banner: endpointBanner(config, workers),
    parameters: { run: session.channel },
    start: async () => {
      const why = await session.run.start()
      for (const { orderId, coId, status } of session.run.earlier) {
        say(`Left by an earlier run: order ${orderId} (client id ${coId}), now ${status}.`)
      }
      return why
    },
    finish: async () => {
      try {
        const end = await session.run.finish()
        if (workers > 1 && end.heldBack >= 1) say(heldBackLine(config, end.heldBack))
        return endOf(end, config, seed, interruption)
      } finally {
        release()
        await session.close()
      }
    },
  }
}

/** Said where more workers would change nothing. */
function heldBackLine({ caps }: EndpointConfig, heldBack: number): string {
  return `Held back: ${heldBack.toFixed(1)} requests waited for their turn on average, at most ${caps.maxRequestsPerSecond} a second. Workers are faster with a higher INTEGRAL_MAX_REQUESTS_PER_SECOND, if the provider agrees.`
}

function endOf(
  { transcripts, leftWorking, inDoubt, foreignTrades, ...end }: RunEnd,
  config: EndpointConfig,
  seed: string,
  interruption: string | undefined,
): TargetEnd {
  const judged = transcripts.map((transcript) =>
    scenarioEvidence(transcript, {
      scenario: { uri: '', name: THE_RUN_ITSELF, line: 1 },
      target: 'uat',
      seed,
      isWholeRun: true,
      bounds: {
        finalWithinMs: config.settings['order.finalWithinMs'],
        tradeWithinMs: config.settings['trade.withinMs'],
        tokenSlackMs: config.settings['token.skewMs'],
      },
    }),
  )
  const own = mergedOwn(judged)
  const report = {
    leftWorking,
    inDoubt,
    foreignTrades,
    account: accountOf(config),
    ...severalAccountsOf(config),
    caps: { ...config.caps, placed: end.placed },
    dealt: end.dealt,
    ...(interruption !== undefined && { interrupted: interruption }),
  }
  return {
    report,
    ...(own && { own }),
    problems: problemsOf(report, interruption === undefined ? end.cut : []),
  }
}
