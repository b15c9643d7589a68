import {
  ALLURE_HTTP_EXCHANGE_CONTENT_TYPE,
  ALLURE_HTTP_EXCHANGE_FILE_EXTENSION,
  type Attachment,
  Status,
  type StepResult,
} from 'allure-js-commons'
import { type Exchange, titleOf } from '../../evidence/exchange.ts'
import type { ScenarioRecord, StepRecord } from '../../evidence/record/scenario-record.ts'
import { allureStep } from './allure-step.ts'
import type { Attachments } from './attachments.ts'
import { shown } from './caps.ts'
import { httpExchange } from './http-exchange.ts'
import { exchangesBySteps } from './step-exchanges.ts'

/** When a scenario began, in epoch milliseconds of a clock that tells our time. */
export interface Timing {
  readonly startedAt: number
}

const STATUSES: Readonly<Record<StepRecord['status'], Status>> = {
  passed: Status.PASSED,
  failed: Status.FAILED,
  skipped: Status.SKIPPED,
}

/**
 * The steps of a scenario, each with the exchanges that it made.
 *
 * Nobody measured the steps. Exchanges tell when they were: a step begins where the one before ended, and
 * ends with its last exchange, or, having none, where the next exchange begins.
 *
 * @param timing - Absent where the exchanges tell no time of ours.
 */
export function scenarioSteps(
  { steps, evidence }: ScenarioRecord,
  attachments: Attachments,
  timing: Timing | undefined,
): StepResult[] {
  const { before, during, elsewhere } = exchangesBySteps(steps, evidence?.exchanges ?? [])
  let now = before.at(-1) ? endOf(before.at(-1)) : (timing?.startedAt ?? 0)
  const made = steps.map((step, at) => {
    const own = during[at] ?? []
    const next = during.slice(at).find((each) => each.length > 0)?.[0]
    const start = now
    now = Math.max(now, own.length > 0 ? endOf(own.at(-1)) : (next?.at ?? now))
    return allureStep(`${step.keyword} ${step.text}`.trimStart(), {
      status: STATUSES[step.status],
      ...(step.message !== undefined && { message: step.message }),
      attachments: [
        ...argumentOf(step, attachments),
        ...own.flatMap((exchange) => attachExchange(exchange, attachments)),
      ],
      ...(timing && { start, stop: now }),
    })
  })
  return [
    ...group('Before the first step', before, attachments),
    ...made,
    ...group('Made by other scenarios, and about this one', elsewhere, attachments),
  ]
}

/** An exchange, named so that findings and timelines can point at it. */
function attachExchange(exchange: Exchange, attachments: Attachments): Attachment[] {
  return attachments.attach(
    `Exchange ${exchange.number}: ${titleOf(exchange)}`,
    JSON.stringify(httpExchange(exchange)),
    ALLURE_HTTP_EXCHANGE_CONTENT_TYPE,
    ALLURE_HTTP_EXCHANGE_FILE_EXTENSION,
  )
}

function group(
  name: string,
  exchanges: readonly Exchange[],
  attachments: Attachments,
): StepResult[] {
  if (exchanges.length === 0) return []
  const attached = exchanges.flatMap((exchange) => attachExchange(exchange, attachments))
  return [allureStep(name, { attachments: attached })]
}

function argumentOf({ argument }: StepRecord, attachments: Attachments): Attachment[] {
  return argument === undefined ? [] : attachments.text('As written', shown(argument).text)
}

function endOf(exchange: Exchange | undefined): number {
  return exchange === undefined ? 0 : exchange.at + exchange.tookMs
}
