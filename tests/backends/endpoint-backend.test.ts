import { describe, it } from 'node:test'
import { assert } from 'chai'
import { NoAnswerError } from '../../src/api/client/no-answer-error.ts'
import { createEndpointBackend } from '../../src/backends/endpoint/endpoint-backend.ts'
import type { Closing, Reply, RunDesk } from '../../src/backends/endpoint/protocol.ts'
import { remoteClient } from '../../src/backends/endpoint/remote-client.ts'
import { NotVerifiedError } from '../../src/backends/not-verified-error.ts'
import { openBackend } from '../../src/backends/open-backend.ts'
import { ORDER, RATE, TRADE } from '../api/stub.ts'
import { atEndpoint } from './simulated-endpoint.ts'

const TOKEN = 'a-token-that-others-brought'
const answered = (more: Partial<Reply> = {}): Reply =>
  ({
    ...{ kind: 'answer', secrets: [] },
    answer: {
      ...{ kind: 'success', operation: 'spotRate', httpStatus: 200, raw: '', requestId: '1' },
      value: RATE,
    },
    ...more,
  }) as Reply

async function thrownBy(work: Promise<unknown>): Promise<unknown> {
  try {
    await work
  } catch (error) {
    return error
  }
  return assert.fail('Expected an error.')
}

describe('A client whose requests another thread makes', () => {
  const replying = (reply: Reply) => remoteClient(async () => reply)

  it('asks for everything in the words of the contract', async () => {
    const asked: unknown[] = []
    const client = remoteClient(async (what) => {
      asked.push(what)
      return answered()
    })
    await client.spotRate('EUR/USD')
    await client.queryOrdersByCoId('c1')
    await client.login()
    await client.ensureSession()
    await client.call('placeOrder', { rawBody: '{' })
    assert.deepEqual(asked, [
      { kind: 'operation', operation: 'spotRate', input: { query: { symbol: 'EUR/USD' } } },
      { kind: 'operation', operation: 'queryOrders', input: { query: { coId: 'c1' } } },
      { kind: 'login' },
      { kind: 'ensureSession' },
      { kind: 'operation', operation: 'placeOrder', input: { rawBody: '{' } },
    ])
  })

  it('throws what the other side could only tell', async () => {
    const unanswered = {
      ...({ operation: 'placeOrder', method: 'POST', requestId: 'r' } as const),
      ...{ url: 'http://127.0.0.1:9/v2/orders', httpStatus: undefined },
    }
    const lost = { kind: 'no answer', unanswered, cause: 'x', secrets: [] } as const
    const error = await thrownBy(replying(lost).placeOrder({ ...ORDER, type: 'Limit' }))
    assert.instanceOf(error, NoAnswerError)
    assert.deepInclude(error, { operation: 'placeOrder', requestId: 'r' })
    const late = replying({ kind: 'not sent', why: 'the run is over', secrets: [] })
    const notSent = await thrownBy(late.spotRate('EUR/USD'))
    assert.instanceOf(notSent, NotVerifiedError)
    assert.include(String(notSent), 'the run is over')
    const never = replying({ kind: 'impossible', error: 'RangeError: x', secrets: [] })
    assert.instanceOf(await thrownBy(never.queryOrder('')), TypeError)
  })

  it('holds the session that came last, and keeps it where nothing was sent', async () => {
    const replies = [
      answered({ session: { token: 'T1', skewMs: 0 } }),
      { kind: 'not sent', why: 'x', secrets: [] } as const,
      answered({ session: { token: 'T2', skewMs: 5, renewAt: 7 } }),
      answered(),
    ]
    const client = remoteClient(async () => replies.shift() ?? assert.fail('asked too often'))
    const tokens: unknown[] = []
    for (let each = 0; each < 4; each++) {
      await client.spotRate('EUR/USD').catch(() => {})
      tokens.push(client.session?.token.reveal())
    }
    assert.deepEqual(tokens, ['T1', 'T1', 'T2', undefined])
    assert.notInclude(
      JSON.stringify(replying(answered({ session: { token: 'T3', skewMs: 0 } }))),
      'T3',
    )
  })
})

describe("A scenario's view of a run", () => {
  const backendOver = (desk: Partial<RunDesk>) =>
    atEndpoint({}, async (endpoint) => {
      const run = await endpoint.started()
      return createEndpointBackend({
        desk: { ...run.desk, ...desk },
        key: 's',
        label: 'S',
        worker: 0,
      })
    })

  it('hides the password, every secret it is told, and the token that all share', async () => {
    const replies = [
      answered({ session: { token: TOKEN, skewMs: 0 } }),
      answered({ secrets: ['a-signature-of-mine'] }),
    ]
    const closing: Closing = { exchanges: [], leftWorking: [], secrets: ['a-late-secret'] }
    const backend = await backendOver({
      call: async () => replies.shift() ?? assert.fail('asked too often'),
      close: async () => closing,
    })
    const credentials = backend.credentialsOf('Ada')
    const client = backend.connect({ ...credentials, password: 'a-wrong-password' })
    for (let each = 0; each < 2; each++) await client.spotRate('EUR/USD')
    await backend.close()
    const secrets = [credentials.password, TOKEN, 'a-signature-of-mine', 'a-wrong-password']
    for (const secret of [...secrets, 'a-late-secret']) {
      assert.equal(backend.redact(`<${secret}>`), '<‹redacted›>', secret)
    }
  })

  it('names client ids after the run, and steps to the coordinator', async () => {
    const steps: unknown[] = []
    const backend = await backendOver({
      call: async ({ step, key }) => {
        steps.push([key, step])
        return answered()
      },
    })
    assert.match(backend.clientId('abc'), /^ih[0-9a-z]+-abc$/)
    const client = backend.connect(backend.credentialsOf('Ada'))
    await client.spotRate('EUR/USD')
    backend.noteStep('Ada gets a rate')
    await client.spotRate('EUR/USD')
    assert.deepEqual(steps, [
      ['s', undefined],
      ['s', 'Ada gets a rate'],
    ])
  })

  it('hands on trades that came for it, once', async () => {
    const backend = await backendOver({ call: async () => answered({ arrived: [TRADE] }) })
    await backend.connect(backend.credentialsOf('Ada')).spotRate('EUR/USD')
    assert.lengthOf(backend.takeArrivedTrades(), 1)
    assert.isEmpty(backend.takeArrivedTrades())
  })

  it('cannot be had without a run that guards it', async () => {
    const options = { seed: 's', key: 'k', label: 'l' }
    assert.match(String(await thrownBy(openBackend('uat', options))), /nothing guards it/)
    assert.match(
      String(await thrownBy(openBackend('moon', options))),
      /use simulation, served or uat\.$/,
    )
  })
})
