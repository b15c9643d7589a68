/** The proxy that a request goes through. */
export interface ProxySettings {
  /** As it is connected to; it may hold a user and a password. */
  readonly url: string
  /** Without them, for people to read. */
  readonly shown: string
  /** What must be shown nowhere: the password, if there is one. */
  readonly secrets: readonly string[]
}

/** A proxy, none, or a sentence about what is wrong with the one that the environment names. */
export type ProxyChoice =
  | { readonly ok: true; readonly proxy?: ProxySettings }
  | { readonly ok: false; readonly why: string }

type Environment = Readonly<Record<string, string | undefined>>

/** As undici's EnvHttpProxyAgent has it: lower case before upper, https before http. */
const VARIABLES = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY'] as const

/**
 * Which proxy the environment wants for an https host that is not loopback: HTTPS_PROXY, else
 * HTTP_PROXY, unless NO_PROXY lists the host. Loopback never has one: do not ask.
 *
 * Chosen here and not by undici, so that it is known, and can be said, before the first connection.
 */
export function chooseProxy({ hostname, port }: URL, env: Environment): ProxyChoice {
  const name = VARIABLES.find((each) => Boolean(env[each]))
  const text = name && env[name]
  if (!text || isListed(hostname, Number(port || 443), env.no_proxy || env.NO_PROXY || ''))
    return { ok: true }
  const proxy = readProxy(text)
  return proxy
    ? { ok: true, proxy }
    : { ok: false, why: `${name} is not the URL of a proxy: write it like http://host:port.` }
}

function readProxy(text: string): ProxySettings | undefined {
  const url = URL.parse(text.includes('://') ? text : `http://${text}`)
  if (url === null || url.hostname === '' || !/^https?:$/.test(url.protocol)) return undefined
  try {
    const secrets = [url.password, decodeURIComponent(url.password)]
    decodeURIComponent(url.username)
    return {
      url: withoutPath(url),
      shown: url.origin,
      secrets: [...new Set(secrets)].filter((secret) => secret !== ''),
    }
  } catch {
    return undefined
  }
}

function withoutPath({ protocol, username, password, host }: URL): string {
  const user = username === '' ? '' : `${username}${password && `:${password}`}@`
  return `${protocol}//${user}${host}`
}

/**
 * Whether NO_PROXY lists the host: entries between commas or spaces, each `*`, a name (its subdomains
 * included), `.name` (the same), or `*.name` (subdomains only), with or without a port.
 */
function isListed(hostname: string, port: number, noProxy: string): boolean {
  return noProxy
    .toLowerCase()
    .split(/[,\s]+/)
    .filter(Boolean)
    .some((entry) => {
      const [, pattern = entry, onlyPort] = /^([^:]+|\[[^\]]+\]):(\d+)$/.exec(entry) ?? []
      if (onlyPort !== undefined && Number(onlyPort) !== port) return false
      const name = pattern.replace(/^\*?\./, '').replace(/\.$/, '')
      const isApex = hostname === name && !pattern.startsWith('*')
      return pattern === '*' || isApex || hostname.endsWith(`.${name}`)
    })
}
