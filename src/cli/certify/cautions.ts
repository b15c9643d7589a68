import { isLoopbackHost } from '../../backends/endpoint/loopback.ts'
import type { BundleJudgement } from '../../evidence/bundle/judge-bundle.ts'
import type { RunFacts } from '../../evidence/record/run-facts.ts'
import { isSimulated } from '../../evidence/simulated.ts'

/**
 * What stands against no certificate, and is to be known before it is believed: sentences, for its first
 * lines. Empty where the endpoint is a host behind TLS, and the signature of the evidence was checked.
 */
export function cautionsOf(
  run: Pick<RunFacts, 'target' | 'baseUrl'>,
  { keyid }: Pick<BundleJudgement, 'keyid'>,
  isKeyGiven: boolean,
): string[] {
  return [...ofEndpoint(run), ...ofSignature(keyid, isKeyGiven)]
}

/** Of a simulation it is said already that no provider was tested. */
function ofEndpoint({ target, baseUrl }: Pick<RunFacts, 'target' | 'baseUrl'>): string[] {
  if (isSimulated(target) || baseUrl === undefined || !URL.canParse(baseUrl)) return []
  const { hostname, protocol } = new URL(baseUrl)
  return [
    ...(isLoopbackHost(hostname)
      ? ['The endpoint is loopback: what lies behind it is not known.']
      : []),
    ...(protocol === 'https:'
      ? []
      : ['The endpoint was reached without TLS: nothing shows who answered.']),
  ]
}

function ofSignature(keyid: string | undefined, isKeyGiven: boolean): string[] {
  if (keyid === undefined) return ['Nobody has signed the evidence.']
  return isKeyGiven
    ? []
    : ['The evidence is signed, but its signature was not checked: no --key was given.']
}
