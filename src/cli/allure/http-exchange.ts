import type { HttpExchange, HttpExchangeBody } from 'allure-js-commons'
import type { Exchange, ExchangeHeaders } from '../../evidence/exchange.ts'
import { shown } from './caps.ts'

/** An exchange as Allure 3 shows them, version 1 of `application/vnd.allure.http+json`. */
export function httpExchange({ at, tookMs, request, response, error }: Exchange): HttpExchange {
  const url = URL.parse(request.url)
  return {
    schemaVersion: 1,
    start: at,
    stop: at + tookMs,
    request: {
      method: request.method,
      url: request.url,
      query: [...(url?.searchParams ?? [])].map(([name, value]) => ({ name, value })),
      headers: [...request.headers],
      ...bodyOf(request.headers, request.body),
    },
    ...(response
      ? {
          response: {
            status: response.status,
            headers: [...response.headers],
            ...bodyOf(response.headers, response.body),
          },
        }
      : {}),
    ...(error === undefined ? {} : { error: { message: error } }),
  }
}

function bodyOf(
  headers: ExchangeHeaders,
  body: string | undefined,
): { readonly body?: HttpExchangeBody } {
  if (body === undefined) return {}
  const type = headers.find(({ name }) => name.toLowerCase() === 'content-type')?.value
  const { text, cutFrom } = shown(body)
  return {
    body: {
      ...(type === undefined ? {} : { contentType: type }),
      encoding: 'utf8',
      value: text,
      ...(cutFrom === undefined
        ? { size: Buffer.byteLength(body) }
        : { size: cutFrom, truncated: true }),
    },
  }
}
