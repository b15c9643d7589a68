import { basename } from 'node:path'
import { apiBase } from './api-base.ts'
import { withoutSecrets } from './raw-call.ts'
import { isHar, readHar } from './read-har.ts'
import { readTranscript } from './read-transcript.ts'
import type { Recording } from './recording.ts'

/**
 * Reads what an app, or a run on an endpoint, said to the API and was answered. What comes out is redacted.
 *
 * @param text - A `transcript.ndjson` or a HAR; what it is, is seen from what it says.
 * @param fileName - What errors call it.
 * @throws {ReplayError} It is neither, or no order is placed in it.
 */
export function readRecording(text: string, fileName: string): Recording {
  const plain = text.replace(/^\uFEFF/, '')
  const whole = parsed(plain)
  const har = isHar(whole)
  const { calls: raw, remarks } = har
    ? { calls: readHar(whole, fileName), remarks: [] }
    : readTranscript(plain, fileName)
  const calls = withoutSecrets(raw)
  const baseUrl = apiBase(calls, fileName)
  return {
    format: har ? 'HAR' : 'transcript',
    file: basename(fileName),
    baseUrl,
    calls: calls
      .filter(({ url }) => URL.parse(url)?.href.startsWith(`${baseUrl}/`))
      .toSorted((one, other) => one.at - other.at),
    remarks,
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
