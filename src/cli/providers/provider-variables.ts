import { dirname, resolve } from 'node:path'
import { loginsIn, type Provider } from './providers-schema.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** What each field of a provider is called where a run is configured. */
const FIELD_OF: Readonly<Record<string, string>> = {
  INTEGRAL_BASE_URL: 'baseUrl',
  INTEGRAL_ALLOW_HOST: 'allowHost',
  INTEGRAL_USER: 'credentials.user',
  INTEGRAL_PASSWORD: 'credentials.password',
  INTEGRAL_ORG: 'credentials.org',
  INTEGRAL_AUTH: 'auth',
  INTEGRAL_HMAC_SECRET: 'credentials.hmacSecret',
  INTEGRAL_CA_FILE: 'caFile',
  INTEGRAL_PROBE_LOGIN: 'probeLogin',
  INTEGRAL_ALLOW_RESEND: 'allowResend',
  INTEGRAL_MAX_SIZE: 'sizes.most',
  INTEGRAL_MAX_ORDERS: 'caps.orders',
  INTEGRAL_MAX_OPEN_ORDERS: 'caps.openOrders',
  INTEGRAL_MAX_REQUESTS_PER_SECOND: 'caps.requestsPerSecond',
  'Setting "order.size"': 'sizes.order',
  'Setting "order.minSize"': 'sizes.smallest',
}

/** Stands for what is missing and was told of, so that it is not told again in other words. */
const UNSET = 'unset'

/** What is said about the variables of a run, about the fields that they come from. */
export function inFields(problem: string): string {
  // `doctor` reads variables, and no file of providers.
  let sentence = problem.replace('; "doctor" tells more', '')
  for (const [field, variable] of LOGIN_FIELDS)
    sentence = sentence.replaceAll(
      new RegExp(`${variable}_(\\d+)`, 'g'),
      (_all, number: string) => `furtherLogins[${Number(number) - 2}].${field}`,
    )
  for (const [variable, field] of Object.entries(FIELD_OF))
    sentence = sentence.replaceAll(new RegExp(`${variable}(?![A-Z_])`, 'g'), field)
  return sentence
}

/** The path of the field that a sentence names first; empty where it names none. */
export function firstField(sentence: string): string {
  const further = sentence.match(/furtherLogins\[\d+\]\.\w+/g) ?? []
  const named = [...Object.values(FIELD_OF), ...further].filter((each) => sentence.includes(each))
  const [first = ''] = named.sort((one, other) => sentence.indexOf(one) - sentence.indexOf(other))
  return first === '' ? '' : `.${first}`
}

/** The variables of a run on a provider, and which of its credentials are not set. */
export interface ProviderVariables {
  readonly variables: Readonly<Record<string, string>>
  /** One sentence each, with the path below the provider first. */
  readonly problems: readonly string[]
}

/**
 * @param env - Where the named variables are looked up.
 * @param file - The file of providers, which other files are relative to.
 */
export function providerVariables(
  provider: Provider,
  symbol: string,
  env: Environment,
  file: string,
): ProviderVariables {
  const { baseUrl, auth, sizes, caps, allowHost, caFile, probeLogin, allowResend } = provider
  const logins = loginsIn(provider).map((login, at) =>
    at === 0
      ? loginVariables(login, auth, env, '', '.credentials')
      : loginVariables(login, auth, env, `_${at + 1}`, `.furtherLogins[${at - 1}]`),
  )
  const variables = {
    INTEGRAL_BASE_URL: baseUrl,
    ...Object.assign({}, ...logins.map(({ variables }) => variables)),
    INTEGRAL_AUTH: auth,
    INTEGRAL_SYMBOL: symbol,
    INTEGRAL_ALLOW_HOST: allowHost,
    INTEGRAL_CA_FILE: caFile && resolve(dirname(file), caFile),
    INTEGRAL_PROBE_LOGIN: probeLogin === undefined ? undefined : probeLogin ? 'on' : 'off',
    INTEGRAL_ALLOW_RESEND: allowResend ? '1' : '0',
    INTEGRAL_MAX_SIZE: plain(sizes.most),
    INTEGRAL_MAX_ORDERS: plain(caps.orders),
    INTEGRAL_MAX_OPEN_ORDERS: plain(caps.openOrders),
    INTEGRAL_MAX_REQUESTS_PER_SECOND: plain(caps.requestsPerSecond),
  }
  return {
    variables: present(variables),
    problems: logins.flatMap(({ problems }) => problems),
  }
}

/** @param suffix - Of the variables. @param path - Where the login stands, below its provider. */
function loginVariables(
  login: Provider['credentials'],
  auth: Provider['auth'],
  env: Environment,
  suffix: string,
  path: string,
): { readonly variables: Environment; readonly problems: readonly string[] } {
  const secret = auth === 'hmac' ? 'hmacSecret' : 'password'
  const variables: Record<string, string> = {}
  const problems: string[] = []
  for (const [field, variable] of LOGIN_FIELDS) {
    const name = login[field]
    if (name === undefined && field !== secret) continue
    const value = name === undefined ? undefined : env[name]
    variables[`${variable}${suffix}`] = value || UNSET
    if (name === undefined)
      problems.push(`${path}.${field}: it is missing: name the environment variable that holds it.`)
    else if (!value)
      problems.push(`${path}.${field}: the variable ${name} is not set: set it, or name another.`)
  }
  return { variables, problems }
}

const LOGIN_FIELDS = [
  ['user', 'INTEGRAL_USER'],
  ['org', 'INTEGRAL_ORG'],
  ['password', 'INTEGRAL_PASSWORD'],
  ['hmacSecret', 'INTEGRAL_HMAC_SECRET'],
] as const

/** In plain digits, as variables are read. */
function plain(amount: number | undefined): string | undefined {
  return amount?.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 20 })
}

function present(variables: Environment): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  )
}
