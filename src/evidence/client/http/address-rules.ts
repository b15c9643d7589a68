import { REDACTED } from '../../redaction.ts'
import type { ClientRule, ClientSight } from '../client-rule.ts'
import type { Call } from '../reading/call.ts'

/**
 * What the documentation has and this simulation has not, under the paths that are known or likely; and the
 * second path of the renewal.
 *
 * @see Fact sheet 0, rows 11 and 14 to 20; 1.4, "Contradictions".
 */
const BEYOND =
  /\/(?:v2\/(?:rfs|fxstream|positions?|referencedata|reference-data|trades\/(?!stp\b))|sso\/tokens\/renew$)/i

export const knownPathsRule: ClientRule = {
  id: 'client.known-paths',
  family: 'HTTP',
  sentence: 'The client asks for paths, with methods, that the API has.',
  source: { section: '0', mark: 'reference' },
  weight: 'must',
  unseen: 'no request came in',
  toSee: 'let the client log in',
  check: ({ calls }) => calls.map(pathSight),
}

function pathSight({ operation, exchange, isWhole, status = 0, number, user }: Call): ClientSight {
  if (operation !== undefined) return 'held'
  const { method, url } = exchange.request
  const path = URL.parse(url)?.pathname ?? url
  if (BEYOND.test(path) || !isWhole || status < 400 || status >= 500) return undefined
  return { detail: `there is no ${method} ${path}`, exchanges: [number], user }
}

/** Names under which a secret would travel; what was hidden under another name was one as well. */
const SECRET_NAME = /^(?:sso_?token|token|access_?token|pass(?:word)?|pwd|secret|signature)$/i
/** What a client chooses itself, and may by chance be what another chose as a password. */
const OWN_WORDS = /^(?:coid|symbols?|maxcount|id|org)$/i

export const secretsRule: ClientRule = {
  id: 'client.secrets-hidden',
  family: 'HTTP',
  sentence:
    'Tokens and passwords travel in headers and bodies only, never in an address: addresses are logged.',
  source: { section: '1.3', mark: 'own' },
  weight: 'must',
  unseen: 'no request came in that needs a token',
  toSee: 'let the client log in and get a rate',
  check: ({ calls }) => calls.map(secretSight),
}

function secretSight({ exchange, number, user, operation }: Call): ClientSight {
  const url = URL.parse(exchange.request.url)
  const names = [...(url?.searchParams ?? [])]
    .filter(
      ([name, value]) =>
        value !== '' && (SECRET_NAME.test(name) || (value === REDACTED && !OWN_WORDS.test(name))),
    )
    .map(([name]) => name)
  const [name] = names
  if (url?.password) return { detail: 'a password stood in the address', exchanges: [number], user }
  if (name !== undefined) {
    return { detail: `a secret stood in the address, as ${name}`, exchanges: [number], user }
  }
  return operation === undefined || operation === 'login' ? undefined : 'held'
}
