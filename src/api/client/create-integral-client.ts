import { parseClientQueryPath } from '../contract/client-query-path.ts'
import { DEFAULT_CLIENT_QUERY_PATH } from '../contract/client-query-template.ts'
import { endpoints, type Operation } from '../contract/endpoints.ts'
import { parseBaseUrl } from './address.ts'
import type { Answer } from './answer.ts'
import { clientOver } from './client-over.ts'
import { hmacSigner } from './hmac-signer.ts'
import type { IntegralClient } from './integral-client.ts'
import type { OperationValues } from './operation-values.ts'
import type { CallInput, ClientOptions } from './options.ts'
import { readAnswer } from './read-answer.ts'
import { isSafe } from './safe-operations.ts'
import { type Proof, type Sender, send } from './send.ts'
import { Session } from './session.ts'

/**
 * Makes a client, with a session of its own unless it is given one to share. Sends nothing yet.
 *
 * @throws {TypeError} The base URL is none, or the HMAC credentials cannot be used; nothing is quoted.
 * @throws {RangeError} `queryByClientPath` is no template, see `parseClientQueryPath`.
 */
export function createIntegralClient(options: ClientOptions): IntegralClient {
  const sender: Sender = {
    baseUrl: parseBaseUrl(options.baseUrl),
    fetch: options.fetch,
    tokenTransport: options.tokenTransport ?? 'header',
    newRequestId: options.newRequestId ?? (() => crypto.randomUUID()),
    clientQueryPath: parseClientQueryPath(options.queryByClientPath ?? DEFAULT_CLIENT_QUERY_PATH),
  }
  const session = options.session ?? new Session(options)
  const renews = options.autoRenew !== false
  const sign = options.hmac && hmacSigner(options.hmac, options.clock)

  async function sendOnce<O extends Operation>(operation: O, input: CallInput, proof?: Proof) {
    return readAnswer(operation, await send(sender, operation, input, proof))
  }

  async function sendInSession<O extends Operation>(
    operation: O,
    input: CallInput,
    isLastTry: boolean,
  ): Promise<Answer<OperationValues[O]>> {
    const obtained = await session.obtain(sender)
    if (obtained.session === undefined) return obtained.answer
    const answer = await sendOnce(operation, input, obtained.session.token.reveal())
    if (answer.httpStatus !== 401 || !renews) return answer
    session.distrust(obtained.session)
    return isLastTry || !isSafe(operation) ? answer : sendInSession(operation, input, true)
  }

  const call: IntegralClient['call'] = (operation, input = {}) => {
    if (typeof input.token === 'string') return sendOnce(operation, input, input.token)
    const isManaged = input.token === undefined && endpoints[operation].authenticated
    if (!isManaged) return sendOnce(operation, input)
    return sign ? sendOnce(operation, input, sign) : sendInSession(operation, input, false)
  }

  return clientOver({
    get session() {
      return sign ? undefined : session.info
    },
    forgetSession: () => session.forget(),
    login: async () => (await session.login(sender)).answer,
    renew: async () => (sign ? call('renew') : (await session.renew(sender)).answer),
    ensureSession: async () => {
      if (sign) return undefined
      const obtained = await session.obtain(sender)
      return obtained.session === undefined ? obtained.answer : undefined
    },
    call,
  })
}
