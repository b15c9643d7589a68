/** What a route says; `cut` destroys the connection, `silence` leaves the request unanswered. */
export type Reply =
  | {
      readonly kind: 'answer'
      readonly status: number
      readonly headers: Readonly<Record<string, string | readonly string[]>>
      readonly body: Body
    }
  | { readonly kind: 'cut' }
  | { readonly kind: 'silence' }

export type Body =
  | { readonly type: 'json'; readonly value: unknown }
  | { readonly type: 'html'; readonly text: string }
  | { readonly type: 'none' }

type Headers = Readonly<Record<string, string | readonly string[]>>

export const cut: Reply = { kind: 'cut' }
export const silence: Reply = { kind: 'silence' }

export const json = (status: number, value: unknown, headers: Headers = {}): Reply => ({
  kind: 'answer',
  status,
  headers,
  body: { type: 'json', value },
})

export const empty = (status: number, headers: Headers = {}): Reply => ({
  kind: 'answer',
  status,
  headers,
  body: { type: 'none' },
})

export const html = (status: number, text: string): Reply => ({
  kind: 'answer',
  status,
  headers: {},
  body: { type: 'html', text },
})

/** What a gateway in front of the API says when it gets no answer from behind. */
export const gatewayError = (): Reply =>
  html(502, '<html><head><title>502 Bad Gateway</title></head><body>Bad Gateway</body></html>')

/** The error object (section 3, inferred). */
export const failure = (status: number, errorCode: string, errorMessage: string): Reply =>
  json(status, { status: 'ERROR', errorCode, responseTuples: null, errorMessage })

/** The envelope of a success without content (1.1). */
export const ok = { status: 'OK', errorCode: null, responseTuples: null }
