import type { z } from 'zod'

/** What all paths of the control API begin with: nothing of Integral's own API does. */
export const CONTROL_PREFIX = '/_simulation'

/** Where everything of one organisation stands, below the prefix. */
export const ORG = '/organisations/{org}'

/** One operation of the control API. */
export interface ControlContract {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Below the prefix; `{org}` is the organisation. */
  readonly path: string
  readonly summary: string
  /** Parameters of the path besides `org`. */
  readonly params?: z.ZodObject
  readonly query?: z.ZodObject
  readonly body?: z.ZodType
  /** The body of success; absent where there is none, and the code is 204. */
  readonly answer?: z.ZodType
  /** Whether success is plain text. */
  readonly isText?: true
  /** Whether success is a stream of server-sent events, which no call and answer can be. */
  readonly streams?: true
}
