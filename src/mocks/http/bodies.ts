import { type Result, refuse, success } from '../exchange/refusal.ts'
import type { Settings } from '../exchange/settings/settings.ts'
import type { DoorRequest } from './door.ts'
import { isTooDeep } from './json-depth.ts'

/** Reads a JSON body. Fact sheet 6, row 48: whether it has to be declared as JSON. */
export function readJson({ headers, body }: DoorRequest, settings: Settings): Result<unknown> {
  if (settings['strict.contentType'] === 'http400' && !isJson(headers.get('content-type') ?? '')) {
    return refuse('content-type', 'The body must be declared as application/json.')
  }
  if (isTooDeep(body)) return refuse('malformed-body', 'The body nests too deep.')
  try {
    return success(JSON.parse(body))
  } catch {
    return refuse('malformed-body', 'The body is not JSON.')
  }
}

function isJson(type: string): boolean {
  return /^application\/([\w.-]+\+)?json\b/i.test(type)
}
