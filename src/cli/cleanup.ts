import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Writable } from 'node:stream'
import type { EndpointConfig } from '../backends/endpoint/endpoint-config.ts'
import { readJournal } from '../backends/endpoint/journal.ts'
import { ChainWriter } from '../evidence/bundle/chain-writer.ts'
import { aloneIn } from './at-work/claim.ts'
import { configuredEndpoint, openEndpointSession } from './endpoint-session.ts'
import type { ExitCode } from './exit-code.ts'
import { ordersElsewhere } from './orders-elsewhere.ts'
import { parseOut } from './parse-out.ts'
import { runId } from './record/run-id.ts'
import { type ReportFiles, reportFiles } from './report-files.ts'
import type { CommandEnvironment } from './verify.ts'
import { readSettings } from './verify-options.ts'

/** The options of `cleanup` as commander hands them over. */
export interface RawCleanupOptions {
  readonly out?: string
  readonly config?: string
}

export interface CleanupOptions {
  readonly out: string
  /** Whether it was named; else it is the one that runs write to unless told otherwise. */
  readonly isNamed: boolean
  readonly settings: Readonly<Record<string, unknown>>
}

/** @throws {UsageError} The settings cannot be used. */
export function parseCleanupOptions({ out, config }: RawCleanupOptions): CleanupOptions {
  return {
    out: parseOut(out ?? 'reports/uat'),
    isNamed: out !== undefined,
    settings: config === undefined ? {} : readSettings(config, 'uat'),
  }
}

/**
 * Cancels what the journal of an interrupted run tells may be working, and makes sure of it.
 *
 * @returns 0: nothing is left working. 2: something may be, or nothing could be done. Where no directory was
 * named, also what runs in other ones beside it have left counts.
 * @throws {UsageError} The configuration is wrong, or somebody is at work there.
 */
export async function cleanUp(
  options: CleanupOptions,
  environment: CommandEnvironment,
): Promise<ExitCode> {
  const { cwd, env, stdout, stderr } = environment
  const config = configuredEndpoint({ cwd, env }, options.settings)
  const files = reportFiles(resolve(cwd, options.out))
  if (!existsSync(files.journal)) {
    stdout.write(`Nothing to clean up: there is no ${join(options.out, 'journal.ndjson')}.\n`)
    return leftElsewhere(options, cwd, stderr)
  }
  return aloneIn(resolve(cwd, options.out), options.out, () =>
    cleanUpAlone(options, config, files, environment),
  )
}

async function cleanUpAlone(
  options: CleanupOptions,
  config: EndpointConfig,
  files: ReportFiles,
  { cwd, stdout, stderr }: CommandEnvironment,
): Promise<ExitCode> {
  if (readJournal(files.journal).open.length === 0) {
    const where = join(options.out, 'journal.ndjson')
    stdout.write(`Nothing to clean up: ${where} tells of no order that may be working.\n`)
    return leftElsewhere(options, cwd, stderr)
  }
  const startedAt = new Date()
  const transcript = new ChainWriter(
    join(resolve(cwd, options.out), 'cleanup.ndjson'),
    runId('cleanup', startedAt),
  )
  const session = openEndpointSession(config, files.journal, transcript, startedAt.getTime())
  try {
    const result = await session.run.cleanUp()
    if ('why' in result) {
      stderr.write(`Nothing could be cleaned up: ${session.run.redact(result.why)}\n`)
      return 2
    }
    const { orders, left } = result
    const isLeft = (id: string) => left.some(({ orderId }) => orderId === id)
    for (const { orderId, coId, status } of orders.filter((each) => !isLeft(each.orderId))) {
      stdout.write(`Order ${orderId} (client id ${coId}) is no longer working: ${status}.\n`)
    }
    for (const { orderId, coId, status, why } of left) {
      const line = `Order ${orderId} (client id ${coId}) may be working, last seen ${status}: ${why}.`
      stderr.write(`${session.run.redact(line)} Have it cancelled.\n`)
    }
    return left.length === 0 ? 0 : 2
  } finally {
    await session.close()
    transcript.close()
  }
}

function leftElsewhere({ out, isNamed }: CleanupOptions, cwd: string, stderr: Writable): ExitCode {
  const left = isNamed ? [] : ordersElsewhere(dirname(out), cwd)
  for (const line of left) stderr.write(`${line}\n`)
  return left.length === 0 ? 0 : 2
}
