import { type OrderCourse, readCourse } from './order-course.ts'
import type { Histories, OrderHistory } from './order-history.ts'
import { outcomeOf } from './outcome-of.ts'
import { type OutcomeScript, SCRIPT_KIND } from './outcome-script.ts'
import { nameOf, type Placing } from './placing.ts'
import { readHistories } from './read-histories.ts'
import type { Recording } from './recording.ts'
import { settingsOf } from './settings-of.ts'

type NotReproduced = OutcomeScript['notReproduced'][number]

/**
 * Makes the script under which the simulation shows the same statuses, reasons, codes and dealt quantities
 * to the same queries. Prices, amounts settled, ids and times are the simulation's own.
 */
export function scriptOf(recording: Recording): OutcomeScript {
  const histories = readHistories(recording)
  const read = histories.orders
    .map((history) => scriptedOrder(history))
    .sort((one, other) => one.call - other.call)
  const placings = [...histories.orders, ...histories.refused, ...histories.unanswered]
  const coIds = new Set(placings.flatMap(({ placing }) => placing.coId ?? []))
  return {
    kind: SCRIPT_KIND,
    version: 1,
    source: { file: recording.file, format: recording.format },
    settings: settingsOf(recording, coIds),
    orders: read.flatMap(({ order }) => order ?? []),
    refusals: histories.refused.map(({ placing, ...answer }) => ({
      ...whichOf(placing),
      ...answer,
    })),
    unanswered: histories.unanswered.map(({ placing, taken }) => ({ ...whichOf(placing), taken })),
    notReproduced: [
      ...recording.remarks.map((why) => ({ what: 'the recording', why })),
      ...read.flatMap(({ departures }) => departures),
      ...ofOthers(histories),
    ],
  }
}

function scriptedOrder(history: OrderHistory) {
  const { placing } = history
  const course = readCourse(history)
  const { outcome, departures } = outcomeOf(course, placing)
  const what = nameOf(placing)
  const note = noteOf(history, course)
  return {
    call: placing.call,
    order: outcome && { ...whichOf(placing), note, outcome },
    departures: departures.map((how): NotReproduced => ({ what, why: `It ${how}.` })),
  }
}

function whichOf({ call, coId, match }: Placing) {
  return { call, ...(coId !== undefined && { coId }), match }
}

/** What was seen, e.g. `order 4711: RECEIVED 2×, NEW, FILLED`. */
function noteOf({ orderId }: OrderHistory, { stages, end, cancel }: OrderCourse): string {
  const working = stages
    .filter(({ polls }) => polls > 0)
    .map(({ status, dealt, polls }) => {
      const part = dealt > 0 ? ` with ${dealt} dealt` : ''
      return `${status}${part}${polls > 1 ? ` ${polls}×` : ''}`
    })
  const cancelled = cancel ? [`cancellation ${cancel.accepted ? 'accepted' : 'refused'}`] : []
  const sights = [...working, ...cancelled, ...(end ? [end.status] : [])]
  return `order ${orderId ?? 'without an id'}: ${sights.join(', ') || 'never queried'}`
}

function ofOthers({ strangers, failed }: Histories): readonly NotReproduced[] {
  return [
    ...[...strangers].map((orderId) => ({
      what: `order ${orderId}`,
      why: 'It was not placed in the recording, or not by this address.',
    })),
    ...[...failed].map(([what, times]) => ({
      what: `${what}, ${times} times`,
      why: 'Queries and cancellations are not disturbed by a script; stage a fault.',
    })),
  ]
}
