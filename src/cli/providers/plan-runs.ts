import { join } from 'node:path'
import {
  type EndpointConfig,
  EndpointConfigError,
  readEndpointConfig,
} from '../../backends/endpoint/endpoint-config.ts'
import { parseEndpointSettings } from '../../backends/endpoint/endpoint-settings.ts'
import type { Waiver } from '../../evidence/waivers/waiver.ts'
import { messageOf } from '../usage-error.ts'
import { evidenceKeyProblem } from './evidence-key-problem.ts'
import { neverAsked } from './never-asked.ts'
import type { PlannedRun } from './planned-run.ts'
import { firstField, inFields, providerVariables } from './provider-variables.ts'
import { readProviderWaivers } from './provider-waivers.ts'
import type { Provider, Providers } from './providers-schema.ts'
import { mistakesIn } from './read-providers.ts'
import { sharedAccounts, sharedNames } from './shared-accounts.ts'

type Environment = Readonly<Record<string, string | undefined>>

export interface PlanOptions {
  /** Where the runs are started. */
  readonly cwd: string
  /** The file of providers, in full. */
  readonly file: string
  /** Where named variables are looked up. */
  readonly env: Environment
  /** Settings of every run; a provider's own win. */
  readonly settings: Readonly<Record<string, unknown>>
  /** Where to write, in full. */
  readonly out: string
}

/**
 * The runs that a file of providers asks for, those of one provider next to each other. Nothing is
 * contacted, and nothing is written.
 *
 * @throws {UsageError} Every mistake, one sentence each, with its path; a base URL that the guard refuses
 * is among them. One mistake, and nothing is run.
 */
export async function planRuns(
  { providers, evidenceKey }: Providers,
  options: PlanOptions,
): Promise<readonly PlannedRun[]> {
  const problems: string[] = []
  const runs: PlannedRun[] = []
  for (const [at, provider] of providers.entries()) {
    const say = (sentence: string) => problems.push(`providers[${at}]${sentence}`)
    const waivers = await readProviderWaivers(provider.waivers, options.file, say)
    neverAsked(provider).forEach(say)
    runs.push(...runsOf(provider, waivers, options, say))
  }
  const ofKey = evidenceKeyProblem(evidenceKey, options.env, options.cwd)
  if (ofKey !== undefined) problems.push(ofKey)
  problems.push(...sharedNames(providers), ...sharedAccounts(providers, options.env))
  if (problems.length > 0) throw mistakesIn(options.file, [...new Set(problems)])
  return runs
}

function runsOf(
  provider: Provider,
  waivers: readonly Waiver[],
  { file, env, settings: ofAll, out }: PlanOptions,
  say: (sentence: string) => void,
): PlannedRun[] {
  const { name, symbols, sizes, capabilities } = provider
  const settings = {
    ...ofAll,
    ...provider.settings,
    ...(sizes.order !== undefined && { 'order.size': sizes.order }),
    ...(sizes.smallest !== undefined && { 'order.minSize': sizes.smallest }),
  }
  for (const twice of symbols.filter((each, at) => symbols.indexOf(each) < at))
    say(`.symbols: ${twice} is there twice: name each symbol once.`)
  return symbols.flatMap((symbol) => {
    const { variables, problems } = providerVariables(provider, symbol, env, file)
    problems.forEach(say)
    const config = configOf(variables, env, settings, say)
    const isOnly = symbols.length === 1
    return config === undefined
      ? []
      : [
          {
            name: isOnly ? name : `${name} ${symbol}`,
            ...{ provider: name, symbol, variables, settings, config, capabilities, waivers },
            out: isOnly ? join(out, name) : join(out, name, symbol.replace('/', '-')),
          },
        ]
  })
}

/** The configuration as the run itself will read it: what it would refuse is refused here. */
function configOf(
  variables: Environment,
  env: Environment,
  settings: Readonly<Record<string, unknown>>,
  say: (sentence: string) => void,
): EndpointConfig | undefined {
  try {
    const proxies = Object.entries(env).filter(([name]) => /^(?:https?|no)_proxy$/i.test(name))
    return readEndpointConfig(
      { ...Object.fromEntries(proxies), ...variables },
      parseEndpointSettings(settings),
    )
  } catch (error) {
    if (!(error instanceof EndpointConfigError)) say(`.settings: ${withoutText(messageOf(error))}`)
    else for (const problem of error.problems) say(withPath(problem))
    return undefined
  }
}

/** What is said about a setting without the text that it was given: somebody may have put a secret there. */
function withoutText(sentence: string): string {
  return sentence.replace(/ cannot be "(?:[^"\\]|\\.)*":/, ' cannot be this text:')
}

/** A sentence about variables as one about fields, with a path first. */
function withPath(problem: string): string {
  const sentence = inFields(problem)
  return `${problem.startsWith('The base URL') ? '.baseUrl' : firstField(sentence)}: ${sentence}`
}
