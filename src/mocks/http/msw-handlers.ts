import type { HttpHandler } from 'msw'
import { http } from 'msw'
import type { Exchange } from '../exchange/exchange.ts'
import type { Door } from './door.ts'
import { mswAddress } from './msw-address.ts'
import { answerAt, answerNowhere } from './msw-answers.ts'

/**
 * The doors as MSW handlers. An address under `/v2` that no door answers gets the error object and
 * 404.
 *
 * @param baseUrl - What the paths stand below; `*` (any host) when absent.
 */
export function mswHandlers(
  doors: readonly Door[],
  exchange: Exchange,
  baseUrl?: string,
): HttpHandler[] {
  const { basePath, anything, patternOf } = mswAddress(baseUrl)
  return [
    ...doors.map((door) =>
      http[mswMethods[door.method]](patternOf(door), ({ request, params }) =>
        answerAt(door, exchange, { request, params, basePath }),
      ),
    ),
    http.all(anything, ({ request }) => answerNowhere(request, exchange)),
  ]
}

const mswMethods = { GET: 'get', POST: 'post', DELETE: 'delete' } as const
