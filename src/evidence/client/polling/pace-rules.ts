import { isEmptyDownload } from '../../reading/delivery.ts'
import { secondsOf } from '../../rules/seconds.ts'
import type { ClientBreach, ClientRule } from '../client-rule.ts'
import type { Call } from '../reading/call.ts'
import { loopsOf } from '../reading/polls.ts'
import { numbersOf, paceSights } from '../reading/runs.ts'

export const pollPaceRule: ClientRule = {
  id: 'client.poll-pace',
  family: 'Querying',
  sentence: 'The client leaves a pause between one query of an order and the next.',
  source: { mark: 'own' },
  weight: 'should',
  unseen: 'no order was queried often enough in a row',
  toSee: 'hold an order (outcome with pace "held"), and let the client wait for its end',
  check: (matter) =>
    loopsOf(matter).flatMap(({ name, orderId, polls }) =>
      paceSights(polls, matter.bounds, isAnswered, (run, withinMs) => ({
        ...breachOf(run, withinMs, `queries of ${name}`, matter.bounds.pollEveryMs),
        ...(orderId !== undefined && { orderId }),
      })),
    ),
}

export const emptyPaceRule: ClientRule = {
  id: 'client.empty-pace',
  family: 'Trades',
  sentence: 'After an empty list the client leaves a pause before it downloads again.',
  source: { section: '2.8', mark: 'own' },
  weight: 'should',
  unseen: 'no empty list was followed by enough downloads in a row',
  toSee: 'let the client look for new trades for a while when there are none',
  check: ({ calls, bounds }) => {
    const downloads = calls.filter(({ operation }) => operation === 'downloadTrades')
    return [...Map.groupBy(downloads, ({ session }) => session).values()].flatMap((loop) =>
      paceSights(loop, bounds, isEmptyDownload, (run, withinMs) =>
        breachOf(run, withinMs, 'downloads after empty lists', bounds.pollEveryMs),
      ),
    )
  },
}

export const backOffRule: ClientRule = {
  id: 'client.back-off',
  family: 'HTTP',
  sentence: 'After a server error, or no answer, the client leaves a pause before it asks again.',
  source: { section: '4.3', mark: 'own' },
  weight: 'should',
  unseen: 'no request failed often enough in a row',
  toSee: 'stage a server error on several calls in a row, e.g. of queryOrder',
  check: ({ calls, bounds }) => {
    const repeated = calls.filter(({ operation }) => operation !== 'placeOrder')
    const threads = Map.groupBy(repeated, (call) => `${call.session} ${requestLine(call)}`)
    return [...threads.values()].flatMap((thread) =>
      paceSights(thread, bounds, hasFailed, (run, withinMs) => {
        const [first] = run
        const what = `times ${first ? requestLine(first) : ''}, which failed`
        return breachOf(run, withinMs, what, bounds.pollEveryMs)
      }),
    )
  },
}

/** What else an answer may be is judged elsewhere: refused tokens, failing servers. */
const isAnswered = ({ isSuccess, status }: Call) => isSuccess || status === 404

/** A 429 says how long to wait, or else is a failure like the others. */
const hasFailed = ({ isWhole, status = 0, exchange }: Call) =>
  !isWhole ||
  status >= 500 ||
  (status === 429 &&
    !exchange.response?.headers.some(({ name }) => name.toLowerCase() === 'retry-after'))

const requestLine = ({ exchange: { request } }: Call) =>
  `${request.method} ${URL.parse(request.url)?.pathname ?? request.url}`

function breachOf(
  run: readonly Call[],
  withinMs: number,
  what: string,
  everyMs: number,
): ClientBreach {
  const detail = `${run.length} ${what} within ${secondsOf(withinMs)}; at most one each ${secondsOf(everyMs)}`
  return { detail, exchanges: numbersOf(run), user: run[0]?.user ?? '' }
}
