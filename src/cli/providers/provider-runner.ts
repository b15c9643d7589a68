import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { endpointSecrets } from '../../backends/endpoint/endpoint-config.ts'
import { BUNDLE_FILES } from '../../evidence/bundle/bundle-files.ts'
import { jsonIn } from '../../evidence/bundle/json-in.ts'
import { createRedactor } from '../../evidence/redaction.ts'
import type { Signal } from '../interruption.ts'
import { programFile } from '../program-file.ts'
import { readIntactRun } from '../record/read-intact-run.ts'
import { messageOf } from '../usage-error.ts'
import type { VerifyOptions } from '../verify-options.ts'
import { childEnvironment } from './child-environment.ts'
import { ChildRun } from './child-run.ts'
import type { PlannedRun } from './planned-run.ts'
import { type Ended, type ProviderResult, providerResult } from './provider-result.ts'
import type { Providers } from './providers-schema.ts'

/** Kept free for the reports of a run after the run itself, and for its end when it is asked to. */
const REPORTS_WITHIN_MS = 300_000
const ENDS_WITHIN_MS = 60_000

export interface RunnerOptions {
  readonly providers: Providers
  /** Of this process, with its `.env`. */
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  readonly verify: VerifyOptions
}

/** Runs providers, each as a process of its own, and reads what they left. */
export class ProviderRunner {
  readonly #options: RunnerOptions
  readonly #running = new Set<ChildRun>()
  #interruption: Signal | undefined

  constructor(options: RunnerOptions) {
    this.#options = options
  }

  /** What interrupted it; absent where nothing did. */
  get interruption(): Signal | undefined {
    return this.#interruption
  }

  /** Tells the runs that are under way, and begins no more. */
  interrupt(signal: Signal): void {
    this.#interruption = signal
    for (const child of this.#running) child.interrupt(signal)
  }

  /** Never throws: whatever happens to one run is that run's, and told as such. */
  async run(planned: PlannedRun): Promise<ProviderResult> {
    const dir = shown(this.#options.cwd, planned.out)
    const day = new Date().toISOString().slice(0, 10)
    return providerResult(planned, dir, await this.#ended(planned, dir), day)
  }

  async #ended(planned: PlannedRun, dir: string): Promise<Ended> {
    if (this.#interruption !== undefined) return notBegun(this.#interruption)
    try {
      return await this.#carryOut(planned, dir)
    } catch (error) {
      return { end: undefined, why: messageOf(error) }
    }
  }

  async #carryOut(planned: PlannedRun, dir: string): Promise<Ended> {
    const { cwd, env, providers } = this.#options
    const { out, config, variables } = planned
    await mkdir(out, { recursive: true })
    const settingsFile = join(out, 'settings.json')
    await writeFile(settingsFile, `${JSON.stringify(planned.settings, null, 2)}\n`)
    const earlier = await runIn(out)
    if (this.#interruption !== undefined) return notBegun(this.#interruption)
    const { redact } = createRedactor(endpointSecrets(config))
    const child = new ChildRun({
      program: programFile(),
      args: this.#arguments(out, settingsFile),
      ...{ cwd, redact, logFile: join(out, 'verify.log') },
      env: childEnvironment(env, variables, providers),
      withinMs: config.settings['run.withinMs'] + REPORTS_WITHIN_MS,
      endsWithinMs: config.settings['run.cleanUpMs'] + ENDS_WITHIN_MS,
    })
    this.#running.add(child)
    const end = await child.ended()
    this.#running.delete(child)
    // What an earlier run left is not this one's.
    const id = await runIn(out)
    if (id === undefined || id === earlier) return { end }
    try {
      return { end, read: await readIntactRun(dir, cwd) }
    } catch (error) {
      return end.broke === undefined ? { end, why: messageOf(error) } : { end }
    }
  }

  /** Nothing of the provider's: command lines are everybody's to read. */
  #arguments(out: string, settingsFile: string): string[] {
    const { tags, names, parallel, seed, order, paths } = this.#options.verify
    return [
      ...['verify', '--target', 'uat', '--out', out, '--config', settingsFile],
      ...['--seed', seed, '--order', order],
      ...(tags === '' ? [] : ['--tags', tags]),
      ...names.flatMap((name) => ['--name', name]),
      ...(parallel === 0 ? [] : ['--parallel', String(parallel)]),
      ...['--', ...paths],
    ]
  }
}

function notBegun(signal: Signal): Ended {
  return { end: undefined, why: `it was not begun, as ${signal} came before` }
}

/** The id of the run whose evidence lies there; nothing where there is none. */
async function runIn(out: string): Promise<unknown> {
  const text = await readFile(join(out, 'evidence', BUNDLE_FILES.run), 'utf8').catch(() => '')
  return Object(jsonIn(text)).id
}

/** Below the working directory as it is seen from there, elsewhere in full. */
function shown(cwd: string, path: string): string {
  const below = relative(cwd, path)
  return below.startsWith('..') ? path : below
}
