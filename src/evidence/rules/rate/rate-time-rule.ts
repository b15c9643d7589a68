import type { Matter } from '../../reading/matter.ts'
import { spotRateIn } from '../../reading/rate-level.ts'
import { isFields, type Reading } from '../../reading/reading.ts'
import { type Rule, resultOf, type Sight } from '../rule.ts'
import { secondsOf } from '../seconds.ts'

/** How far the clocks of providers may be ahead of the server's. */
const SLACK_MS = 5_000

/** How old a rate is says nothing: the market may be closed. */
export const rateTimeRule: Rule = {
  id: 'rate.time',
  family: 'Rates',
  sentence: 'The time of a rate does not lie in the future, by the clock of the server.',
  source: { section: '2.1', mark: 'inferred' },
  code: 'rate-from-the-future',
  check: (matter) => resultOf(matter.made.map((reading) => sightOf(reading, matter))),
}

function sightOf(reading: Reading, matter: Matter): Sight {
  const time = spotRateIn(reading)?.time
  const server = serverTimeAt(reading, matter)
  if (typeof time !== 'number' || server === undefined) return undefined
  const aheadMs = time - server.now
  if (aheadMs <= SLACK_MS) return 'held'
  const detail = `dated ${secondsOf(aheadMs)} ahead of the server's clock`
  return { orderId: '', detail, exchanges: [server.login.number, reading.number] }
}

/**
 * The latest that the server's clock can have shown when an answer came in, as the last login before it
 * tells; `undefined` where none does.
 */
function serverTimeAt({ number, doneAt }: Reading, { made }: Matter) {
  const login = made.findLast(
    ({ operation, isSuccess, body, number: at }) =>
      operation === 'login' &&
      isSuccess &&
      at < number &&
      isFields(body) &&
      typeof body.serverUTCTime === 'number',
  )
  const started = login && isFields(login.body) ? login.body.serverUTCTime : undefined
  if (!login || typeof started !== 'number') return undefined
  return { login, now: started + doneAt - login.exchange.at }
}
