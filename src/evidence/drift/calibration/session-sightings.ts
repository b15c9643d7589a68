import { isFields } from '../../reading/reading.ts'
import type { Sighting, SightingFinder } from './sighting.ts'

/** What renewing a token does, and what version it tells. Settings 3 and 53. */
export const sessionSightings: SightingFinder = ({ matter }) =>
  matter.made.flatMap(({ operation, isSuccess, body, exchange, doneAt, number }): Sighting[] => {
    if (operation !== 'renew' || !isSuccess || !isFields(body)) return []
    const { token, issuedToken } = exchange
    const isLive = token?.expiresAt !== undefined && doneAt < token.expiresAt
    const kept = issuedToken === undefined || issuedToken === token?.number
    return [
      ...(isLive && body.expired !== true
        ? [{ setting: 'renew.live', value: kept ? 'extend' : 'rotate', exchange: number }]
        : []),
      ...(typeof body.apiVersion === 'string'
        ? [{ setting: 'apiVersion', value: body.apiVersion, exchange: number }]
        : []),
    ]
  })
