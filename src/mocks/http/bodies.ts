import { type Result, refuse, success } from '../exchange/refusal.ts'
import type { Settings } from '../exchange/settings/settings.ts'
import type { DoorRequest } from './door.ts'

/** Reads a JSON body. Fact sheet 6, row 48: whether it has to be declared as JSON. */
export function readJson({ headers, body }: DoorRequest, settings: Settings): Result<unknown> {
  const type = headers.get('content-type') ?? ''
  const declared = /^application\/([\w.-]+\+)?json\b/i.test(type)
  if (settings['strict.contentType'] === 'http400' && !declared) {
    return refuse('content-type', 'The body must be declared as application/json.')
  }
  try {
    return success(JSON.parse(body))
  } catch {
    return refuse('malformed-body', 'The body is not JSON.')
  }
}
