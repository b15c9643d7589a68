import { CONTROL_PREFIX } from './control-contract.ts'

/** The base URL that leads to one organisation, whatever a request carries. */
export function pinnedBaseUrl(origin: string, org: string): string {
  return `${origin}${CONTROL_PREFIX}/organisations/${encodeURIComponent(org)}/api`
}
