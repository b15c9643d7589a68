import { isLoopbackHost } from './loopback.ts'

/** A base URL that may be talked to, or why it may not. */
export type GuardVerdict =
  | {
      readonly ok: true
      /** Normalised, without a trailing slash. */
      readonly baseUrl: string
      /** The host alone, as a URL has it: lower case, an IPv6 address in brackets. */
      readonly host: string
      readonly isLoopback: boolean
    }
  | { readonly ok: false; readonly why: string }

const EXAMPLE = 'https://uat.fxinside.net'
/** Integral's own domains. Fact sheet 0, "Hosts" [inferred]. */
const DOMAINS = ['fxinside.net', 'integral.com'] as const
const FORBIDDEN_WORDS: readonly string[] = ['prod', 'production', 'live']

/**
 * Judges a base URL before anything is sent or any name looked up.
 *
 * Accepted are this machine (a literal loopback address, or exactly `localhost`), over http or https;
 * and over https a host under `fxinside.net` or `integral.com` with a label that is `uat` or starts
 * with `uat-`, and the one host that `allowHost` names. The other hosts of those two domains, and
 * every host with the word prod, production or live in a label, are refused whatever `allowHost` says.
 *
 * @param text - As it was configured.
 * @param allowHost - The value of INTEGRAL_ALLOW_HOST: a bare host name.
 * @returns Where refused, one sentence that says why and what to do; it quotes a host, and no more.
 * @see docs/decisions/0010-one-host-and-no-other.md
 */
export function guardBaseUrl(text: string | undefined, allowHost?: string): GuardVerdict {
  if (text === undefined || text === '')
    return refused('none is given', `set INTEGRAL_BASE_URL, for example to ${EXAMPLE}`)
  const misspelt = spellingFlaw(text)
  if (misspelt !== undefined) return refused(misspelt, `write it like ${EXAMPLE}`)
  const url = URL.parse(text)
  if (url === null) return refused('it is not a URL', `write it like ${EXAMPLE}`)
  if (allowHost !== undefined && allowHost !== '' && !isBareHostName(allowHost))
    return refused(
      'INTEGRAL_ALLOW_HOST is not a bare host name',
      'write one host name there, like fx.example.com, without scheme, port or wildcard',
    )
  return judge(url, allowHost?.toLowerCase())
}

function judge(url: URL, allowHost: string | undefined): GuardVerdict {
  const { protocol, hostname: host } = url
  const isLoopback = isLoopbackHost(host)
  const flaw = isLoopback ? undefined : hostFlaw(host, allowHost)
  if (flaw) return refused(`the host "${host}" ${flaw.why}`, flaw.remedy)
  if (protocol === 'http:' && !isLoopback)
    return refused('http would send the password in the clear', 'use https')
  return { ok: true, baseUrl: (url.origin + url.pathname).replace(/\/+$/, ''), host, isLoopback }
}

function refused(why: string, remedy: string): GuardVerdict {
  return { ok: false, why: `The base URL is refused, because ${why}: ${remedy}.` }
}

/** What a lenient URL parser would repair, or drop, or read as something else than it looks like. */
function spellingFlaw(text: string): string | undefined {
  if (/[\s\p{Cc}\\]/u.test(text)) return 'it has a space, a control character or a backslash in it'
  if (text.includes('@'))
    return 'it has user-info or another "@" in it, and credentials never belong there'
  if (!/^https?:\/\/[^/]/i.test(text))
    return 'it does not begin with https:// (or http://) and a host'
  if (/[?#]/.test(text)) return 'it has a query or a fragment'
  return undefined
}

interface HostFlaw {
  readonly why: string
  readonly remedy: string
}

function hostFlaw(host: string, allowHost: string | undefined): HostFlaw | undefined {
  const labels = host.split('.')
  if (labels.includes(''))
    return { why: 'has an empty label', remedy: 'leave out the dot too many, also at the end' }
  if (labels.some(hasForbiddenWord))
    return {
      why: 'has the word prod, production or live in its name',
      remedy: 'use a test host; there is no way to allow this one',
    }
  const domain = DOMAINS.find((each) => host === each || host.endsWith(`.${each}`))
  if (domain) return labels.some(isUatLabel) ? undefined : notUat(domain)
  if (host === allowHost) return undefined
  return {
    why: "is neither this machine nor one of Integral's UAT hosts",
    remedy: 'if it is a test host, name it in INTEGRAL_ALLOW_HOST',
  }
}

/** Numbers do not make it another word: `prod2` is `prod`. */
function hasForbiddenWord(label: string): boolean {
  return label.split('-').some((word) => FORBIDDEN_WORDS.includes(word.replace(/\d+$/, '')))
}

function isUatLabel(label: string): boolean {
  return label === 'uat' || label.startsWith('uat-')
}

function notUat(domain: string): HostFlaw {
  return {
    why: `is under ${domain} and has no label that is "uat" or starts with "uat-"`,
    remedy: 'use a UAT host; there is no way to allow another one of this domain',
  }
}

/** A name in ASCII, at most 253 characters, whose last label is no number: so no address either. */
function isBareHostName(text: string): boolean {
  const labels = text.toLowerCase().split('.')
  return (
    text.length <= 253 &&
    labels.every((label) => /^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/.test(label)) &&
    /^[a-z]/.test(labels.at(-1) ?? '')
  )
}
