import { CONTROL_PREFIX } from './control/control-contract.ts'

/** Whether an address is of the control API, and not below the base URL of an organisation. */
export function isControl(url: string): boolean {
  return url.startsWith(CONTROL_PREFIX) && !PINNED.test(url)
}

const PINNED = /^\/_simulation\/organisations\/[^/?]*\/api\//
