import { at, orderIdOf, type Trader } from '../driver.ts'
import { behaviour, type Open } from './behaviour.ts'

type Terms = Readonly<Record<string, unknown>>

/** The statuses of the queries until nothing changes any more. */
const courseOf = async (trader: Trader, terms: Terms) => {
  const orderId = orderIdOf(await trader.placeLimit(terms))
  return (await trader.statuses(orderId, 4)).join(' ')
}

const COURSES = {
  filled: 'NEW FILLED FILLED FILLED',
  rejectedBefore: 'REJECTED REJECTED REJECTED REJECTED',
  rejectedAfter: 'NEW REJECTED REJECTED REJECTED',
  expired: 'NEW EXPIRED EXPIRED EXPIRED',
  inParts: 'NEW NEW FILLED FILLED',
}

/** How many of 60 orders take each course, for IOC orders; and whether FOK and PQ orders fill. */
const courses = async (open: Open) => {
  const trader = await open().trader()
  const counts: Record<string, number> = {}
  for (let order = 0; order < 60; order++) {
    const course = await courseOf(trader, {})
    counts[course] = (counts[course] ?? 0) + 1
  }
  const quoted = orderIdOf(await trader.placePq(await trader.rate()))
  return {
    IOC: counts,
    FOK: await courseOf(trader, { timeInForce: 'FOK' }),
    PQ: (await trader.statuses(quoted, 4)).join(' '),
  }
}

const all = (IOC: string, FOK = IOC, PQ = IOC) => ({ IOC: { [IOC]: 60 }, FOK, PQ })
const byDefault = all(COURSES.filled)

/** Row 11, and the settings of the simulation's own. */
export const outcomeBehaviours = [
  behaviour('errorShape', {
    probe: async (open) => (await (await open().trader()).askOrder('1$&')).body,
    byDefault: {
      status: 'ERROR',
      errorCode: 'UNKNOWN_ORDER',
      responseTuples: null,
      errorMessage: 'There is no order 1$&.',
    },
    otherwise: [
      [
        { why: '{code}: {message}', note: null, fixed: 'text' },
        { why: 'UNKNOWN_ORDER: There is no order 1$&.', note: null, fixed: 'text' },
      ],
    ],
  }),
  behaviour('errorCodes', {
    probe: async (open) => {
      const trader = await open().trader()
      trader.venue.exchange.outcomes.script('one', { kind: 'reject before NEW', reason: 'No' })
      const rejected = await trader.fill({ coId: 'one' })
      return [at((await trader.askOrder('1')).body, 'errorCode'), rejected.reasonCode]
    },
    byDefault: ['UNKNOWN_ORDER', 'LAST_LOOK'],
    otherwise: [[{ 'unknown-order': 'E-17', 'last-look': 'R-4' }, ['E-17', 'R-4']]],
  }),
  behaviour('outcome.magic', {
    probe: async (open) => {
      const trader = await open().trader()
      return [
        await courseOf(trader, { coId: '1~reject-before-new' }),
        await courseOf(trader, { size: 19_002 }),
      ]
    },
    byDefault: [COURSES.rejectedBefore, COURSES.rejectedAfter],
    otherwise: [[false, [COURSES.filled, COURSES.filled]]],
  }),
  behaviour('outcome.rejectBeforeNew', {
    probe: courses,
    byDefault,
    otherwise: [[1, all(COURSES.rejectedBefore)]],
  }),
  behaviour('outcome.rejectAfterNew', {
    probe: courses,
    byDefault,
    otherwise: [[1, all(COURSES.rejectedAfter)]],
  }),
  behaviour('outcome.expire', {
    probe: courses,
    byDefault,
    otherwise: [[1, all(COURSES.expired, COURSES.expired, COURSES.filled)]],
  }),
  behaviour('outcome.fillInParts', {
    probe: courses,
    byDefault,
    otherwise: [[1, all(COURSES.inParts, COURSES.filled, COURSES.filled)]],
  }),
]
