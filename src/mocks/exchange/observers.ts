import type { ExchangeObserver } from './observer.ts'

/** What each of an observer's methods is told. */
type Told = {
  [Method in keyof ExchangeObserver]-?: Parameters<NonNullable<ExchangeObserver[Method]>>
}
type Method = keyof Told
type Methods = { [M in Method]: ((...told: Told[M]) => void) | undefined }

const methods: Readonly<Record<Method, true>> = {
  orderChanged: true,
  orderStirred: true,
  orderForgotten: true,
  tradeDone: true,
  tradeForgotten: true,
  tradesMoved: true,
  consumerChanged: true,
  sessionChanged: true,
  sessionEnded: true,
  userEnrolled: true,
  userForgotten: true,
  quoteChanged: true,
  quoteForgotten: true,
  restChanged: true,
}

/** One observer for several: each is told what it wants to know, in their order; nobody what nobody does. */
export function observers(...all: readonly (ExchangeObserver | undefined)[]): ExchangeObserver {
  const present = all.filter((each) => each !== undefined)
  const together: ExchangeObserver = {}
  for (const method of Object.keys(methods) as Method[]) join(together, method, present)
  return together
}

function join<M extends Method>(
  together: ExchangeObserver,
  method: M,
  all: readonly Partial<Methods>[],
): void {
  const [one, ...others] = all.filter((each) => each[method] !== undefined)
  if (!one) return
  const tell = (...told: Told[M]) => {
    one[method]?.(...told)
    for (const each of others) each[method]?.(...told)
  }
  Object.assign(together, { [method]: tell })
}
