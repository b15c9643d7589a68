import { endpoints } from '../../../api/contract/endpoints.ts'
import type { OperationMatcher } from '../../../api/contract/operation-matcher.ts'
import { type Reading, readExchange } from '../../reading/reading.ts'
import type { ClientFacts, WatchedExchange } from '../watched-exchange.ts'
import { sessionsOf } from './sessions.ts'

/** A request of the client with its answer, and what the server knows of it. */
export interface Call extends Reading {
  readonly exchange: WatchedExchange
  /** Who asked; empty where nobody can tell. */
  readonly user: string
  /** The login that it goes back to, renewals included; one per user where requests are signed. */
  readonly session: string
  /** When it came in, by a clock that the client lives by; `undefined` where there is none. */
  readonly cameAt: number | undefined
  /** When its answer had left, by the same clock. */
  readonly wentAt: number | undefined
}

/** @param exchanges - In the order of arrival. */
export function callsOf(
  exchanges: readonly WatchedExchange[],
  facts: ClientFacts,
  matches: OperationMatcher,
): readonly Call[] {
  const isWall = facts.clock === 'real' && !(facts.staged ?? []).some(({ kind }) => kind === 'time')
  const readings = exchanges.map((exchange) => ({ ...readExchange(exchange, matches), exchange }))
  const sessions = sessionsOf(readings)
  return readings.map((reading, at): Call => {
    const { exchange, doneAt } = reading
    const { user = '', session = '' } = sessions[at] ?? {}
    const cameAt = exchange.receivedAt ?? (isWall ? exchange.at : undefined)
    const wentAt = exchange.receivedAt === undefined && isWall ? doneAt : exchange.answeredAt
    return { ...reading, user, session, cameAt, wentAt }
  })
}

/** Whether the answer to `earlier` can have been known when `later` was sent: by the clock, else by order. */
export function isKnownTo(earlier: Call, later: Call): boolean {
  if (earlier.number >= later.number) return false
  if (earlier.wentAt === undefined || later.cameAt === undefined) return true
  return earlier.wentAt <= later.cameAt
}

/** Milliseconds of the client's life from an answer to a request; `undefined` where no clock tells. */
export function elapsed(earlier: Call, later: Call): number | undefined {
  if (earlier.wentAt === undefined || later.cameAt === undefined) return undefined
  return later.cameAt - earlier.wentAt
}

/** Whether a request is signed, so that it needs no token. */
export function isSigned({ exchange: { request, token } }: Call): boolean {
  return (
    token === undefined &&
    request.headers.some(({ name }) => name.toLowerCase() === 'authorization')
  )
}

/** What asks for a session, and is not about the session itself. */
export function isGuarded({ operation }: Call): boolean {
  return operation !== undefined && operation !== 'renew' && endpoints[operation].authenticated
}

/** The value of a header of the request or the answer; the first, where it stands several times. */
export function headerOf(
  message: { readonly headers: WatchedExchange['request']['headers'] } | undefined,
  name: string,
): string | undefined {
  return message?.headers.find((header) => header.name.toLowerCase() === name)?.value
}

/** What is asked for, to tell the same request from another. */
export function requestOf({ exchange: { request } }: Call): string {
  return `${request.method} ${request.url} ${request.body ?? ''}`
}

/** How a call ended, in a word or two: `202`, `cut`, `no answer`. */
export function endingOf({ status, isWhole, exchange }: Call): string {
  if (status !== undefined && isWhole) return String(status)
  return exchange.fault ?? (status === undefined ? 'no answer' : `${status}, not whole`)
}
