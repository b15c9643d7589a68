/** What the doctor looks at, in this order. */
export const CHECKS = [
  'configuration',
  'DNS',
  'TLS',
  'login',
  'clock skew',
  'token transport',
  'renewal',
  'rate',
] as const
export type CheckName = (typeof CHECKS)[number]

/** What came of one check. */
export interface Check {
  readonly name: CheckName
  readonly state: 'ok' | 'broken' | 'not checked'
  /** What was seen, or why nothing was. */
  readonly seen: string
  /** What to do, where it is broken. */
  readonly remedy?: string
}

export const ok = (name: CheckName, seen: string): Check => ({ name, state: 'ok', seen })

export const broken = (name: CheckName, seen: string, remedy: string): Check => ({
  name,
  state: 'broken',
  seen,
  remedy,
})

export const notChecked = (name: CheckName, because: string): Check => ({
  name,
  state: 'not checked',
  seen: `because ${because}`,
})

/** Makes a check, unless something that it needs is broken. */
export async function after(
  needed: readonly Check[],
  name: CheckName,
  check: () => Promise<Check> | Check,
): Promise<Check> {
  const cause = needed.find(({ state }) => state === 'broken')
  return cause ? notChecked(name, `${cause.name} is broken`) : check()
}
