import type { Operation } from '../../api/contract/endpoints.ts'

/** An answer as it was recorded, redacted. */
export interface RecordedAnswer {
  readonly status: number
  readonly contentType?: string
  /** Absent where there was none, or the recording left it out. */
  readonly body?: string
}

/** One request with its answer, redacted. */
export interface RecordedCall {
  /** When it was sent, in epoch milliseconds. */
  readonly at: number
  readonly method: string
  readonly url: string
  /** Where the recording tells it. */
  readonly operation?: Operation
  readonly body?: string
  /** Absent where no answer came, or none whole. */
  readonly answer?: RecordedAnswer
}

/** What was recorded of an app that talked to the API, in the order of sending. */
export interface Recording {
  readonly format: 'transcript' | 'HAR'
  /** Its name, without the folder. */
  readonly file: string
  /** Prefix of every path of the API. */
  readonly baseUrl: string
  /** Calls below the base URL. */
  readonly calls: readonly RecordedCall[]
  /** What is wrong with the recording itself, in sentences. */
  readonly remarks: readonly string[]
}
