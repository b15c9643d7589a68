/** What went wrong on the way, and what to do about it. */
export interface Failure {
  readonly seen: string
  readonly remedy: string
}

const NOT_THERE: Failure = {
  seen: 'nothing listens there',
  remedy: 'Check host and port of INTEGRAL_BASE_URL, and whether the endpoint is up.',
}
const UNREACHABLE: Failure = {
  seen: 'no answer in time',
  remedy: 'Check the network, a firewall or VPN, and whether a proxy is needed (HTTPS_PROXY).',
}
const CUT: Failure = {
  seen: 'the connection was cut',
  remedy: 'Check whether the port speaks this protocol, and whether a firewall or proxy cuts in.',
}
const UNTRUSTED: Failure = {
  seen: 'the certificate comes from an issuer that is not trusted',
  remedy: "Put the issuer's certificate, in PEM, into a file and name it in INTEGRAL_CA_FILE.",
}
const NO_TLS: Failure = {
  seen: 'the port does not speak TLS as it should',
  remedy: 'Check the port of INTEGRAL_BASE_URL, and whether a proxy cuts in.',
}
const NO_NAME: Failure = {
  seen: 'the name cannot be resolved',
  remedy: 'Check the spelling of INTEGRAL_BASE_URL, and the name server or VPN.',
}
const WRONG_TIME: Failure = {
  seen: 'the certificate is not valid today',
  remedy: 'Check the clock of this machine; if it is right, tell Integral.',
}

const FAILURES: Readonly<Record<string, Failure>> = {
  ECONNREFUSED: NOT_THERE,
  ETIMEDOUT: UNREACHABLE,
  EHOSTUNREACH: UNREACHABLE,
  ENETUNREACH: UNREACHABLE,
  UND_ERR_CONNECT_TIMEOUT: UNREACHABLE,
  UND_ERR_HEADERS_TIMEOUT: UNREACHABLE,
  UND_ERR_BODY_TIMEOUT: UNREACHABLE,
  ECONNRESET: CUT,
  EPIPE: CUT,
  UND_ERR_SOCKET: CUT,
  ENOTFOUND: NO_NAME,
  EAI_AGAIN: NO_NAME,
  CERT_HAS_EXPIRED: WRONG_TIME,
  CERT_NOT_YET_VALID: WRONG_TIME,
  DEPTH_ZERO_SELF_SIGNED_CERT: UNTRUSTED,
  SELF_SIGNED_CERT_IN_CHAIN: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNTRUSTED,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNTRUSTED,
  ERR_TLS_CERT_ALTNAME_INVALID: {
    seen: 'the certificate is for another host',
    remedy: 'Use the name that the certificate is for, or ask Integral for the right base URL.',
  },
  EPROTO: NO_TLS,
  UND_ERR_ABORTED: {
    seen: 'the proxy refused the way',
    remedy: 'Check user and password in HTTPS_PROXY, and whether the proxy allows this host.',
  },
}

/** Reads a failed attempt by the innermost code that is known; its texts could quote anything. */
export function failureOf(error: unknown): Failure {
  const codes = codesOf(error)
  const code = codes.findLast((each) => each in FAILURES) ?? codes.at(-1)
  const known = code === undefined ? undefined : (FAILURES[code] ?? tlsFailure(code))
  const { seen, remedy } = known ?? { seen: 'no answer', remedy: UNREACHABLE.remedy }
  return { seen: code === undefined ? seen : `${seen} (${code})`, remedy }
}

function tlsFailure(code: string): Failure | undefined {
  return /^ERR_(?:SSL|TLS)/.test(code) ? NO_TLS : undefined
}

/** From the outermost to the innermost. */
function codesOf(error: unknown, depth = 0): readonly string[] {
  if (!(error instanceof Error) || depth > 10) return []
  const own = 'code' in error && typeof error.code === 'string' ? [error.code] : []
  return [...own, ...codesOf(error.cause, depth + 1)]
}
