import type { OutcomeScript } from '../../../src/backends/replay/outcome-script.ts'
import { readReplay } from '../../../src/backends/replay/read-replay.ts'

export const BASE = 'https://uat.host.invalid/api'

/** A call as it was made, and its answer; without a status there was none. */
export interface Written {
  readonly method: string
  readonly path: string
  readonly body?: unknown
  readonly status?: number
  readonly answer?: unknown
}

/** A whole order as it is sent. */
export const sent = (coId: string, fields: object = {}) => ({
  ...{ coId, type: 'Limit', side: 'Buy', symbol: 'EUR/USD', currency: 'EUR', size: 1_000 },
  ...{ price: 1.1, timeInForce: 'GTC' },
  ...fields,
})

export const placed = (
  coId: string,
  orderId: string,
  fields: object = {},
  told: object = {},
): Written => ({
  method: 'POST',
  path: '/v2/orders',
  body: sent(coId, fields),
  status: 202,
  answer: { ...sent(coId, fields), orderId, status: 'RECEIVED', ...told },
})

export const refused = (coId: string, status: number, answer: unknown): Written => ({
  method: 'POST',
  path: '/v2/orders',
  body: sent(coId),
  status,
  answer,
})

export const seen = (orderId: string, status: string, fields: object = {}): Written => ({
  method: 'GET',
  path: `/v2/orders/${orderId}`,
  status: 200,
  answer: [{ orderId, status, ...fields }],
})

export const cancelled = (orderId: string, status = 202): Written => ({
  method: 'DELETE',
  path: `/v2/orders/${orderId}`,
  status,
})

export const listed = (...orders: readonly object[]): Written => ({
  method: 'GET',
  path: '/v2/orders',
  status: 200,
  answer: orders,
})

const textOf = (body: unknown) => (typeof body === 'string' ? body : JSON.stringify(body))

/** Lines as a run on an endpoint would have written them. */
export function transcriptOf(calls: readonly Written[]): string {
  return calls
    .map(({ method, path, body, status, answer }, index) => ({
      phase: status === undefined ? 'sent' : 'ended',
      scenario: 'features/x.feature:3',
      number: index + 1,
      at: 1_000 * index,
      tookMs: 5,
      request: {
        method,
        url: BASE + path,
        headers: [],
        ...(body !== undefined && { body: textOf(body) }),
      },
      ...(status !== undefined && {
        response: {
          status,
          headers: [{ name: 'content-type', value: 'application/json' }],
          ...(answer !== undefined && { body: textOf(answer) }),
        },
      }),
    }))
    .map((line) => `${JSON.stringify(line)}\n`)
    .join('')
}

export function scriptOfCalls(...calls: readonly Written[]): OutcomeScript {
  return readReplay(transcriptOf(calls), 'some/folder/transcript.ndjson')
}
