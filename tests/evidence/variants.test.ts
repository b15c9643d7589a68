import { describe, it } from 'node:test'
import { assert } from 'chai'
import { variantsOf } from '../../src/evidence/variants/variants.ts'
import { orderSeen, orderSent, Talk, tradeOf } from './talk.ts'

/** `setting value exchange`, of one setting or of all. */
const seen = (talk: Talk, only?: string) =>
  variantsOf(talk.transcript.whole, talk.transcript.matches)
    .filter(({ setting }) => only === undefined || setting === only)
    .map(({ setting, value, exchange }) => `${setting} ${JSON.stringify(value)} ${exchange}`)

const error = { errorCode: 'X', errorMessage: 'no' }

async function ended(fields: object, status: string, more: object = {}): Promise<Talk> {
  const talk = new Talk()
  const all = { ...fields }
  await talk.place(orderSent('7', all), orderSeen('7', 'RECEIVED', all))
  await talk.query('7', [orderSeen('7', status, { ...all, ...more })])
  return talk
}

describe('what the documentation leaves open is recorded as it was seen', () => {
  it('shape of a query, each once', async () => {
    const talk = new Talk()
    for (const answer of [[orderSeen('7', 'NEW')], [orderSeen('7', 'NEW')], orderSeen('7', 'NEW')])
      await talk.query('7', answer)
    assert.deepEqual(seen(talk), ['query.shape "array" 1', 'query.shape "object" 3'])
  })

  it('carriers and life of a token', async () => {
    const talk = new Talk()
    const headers = new Headers({ SSO_TOKEN: 'the-token' })
    headers.append('Set-Cookie', 'SSO_TOKEN=the-token; Domain=.integral.com; Path=/')
    const body = { expiryTime: 1665490480729, serverUTCTime: 1665490420730 }
    await talk.login('u', Response.json(body, { headers }))
    await talk.login('u', Response.json({}, { headers: { 'Set-Cookie': 'SSO_TOKEN=t; Path=/' } }))
    assert.deepEqual(seen(talk), [
      'auth.emit ["header","cookieDomain"] 1',
      'auth.emit ["cookieHost"] 2',
      'tokenTtlMs 60000 1',
    ])
  })

  it('codes of refused logins and of missing tokens, and the error object', async () => {
    const talk = new Talk()
    await talk.login('u', Response.json(error, { status: 401 }))
    await talk.call('POST', '/v2/sso/login', new Response('', { status: 400 }), {
      body: { user: 'u' },
    })
    await talk.call('GET', '/v2/orders', new Response('', { status: 403 }), { headers: {} })
    const headers = { SSO_TOKEN: 'the-token' }
    await talk.call('GET', '/v2/orders', new Response('', { status: 404 }), { headers })
    await talk.call('GET', '/v2/orders', new Response('', { status: 401 }), { headers })
    assert.deepEqual(seen(talk), [
      'auth.failureStatus 403 3',
      'auth.failureStatus 401 5',
      'errorShape ["errorCode","errorMessage"] 1',
      'login.malformedStatus 400 2',
      'login.refusedStatus 401 1',
    ])
  })

  it('codes of cancelling, in time and too late', async () => {
    const cancel = (talk: Talk, status: number) =>
      talk.call('DELETE', '/v2/orders/7', new Response(null, { status }))
    const talk = new Talk()
    await talk.order('7', 'Limit', 'RECEIVED')
    await cancel(talk, 404)
    await cancel(talk, 204)
    await talk.query('7', [orderSeen('7', 'CANCELED')])
    await cancel(talk, 409)
    await cancel(talk, 503)
    assert.deepEqual(seen(talk, 'cancel.successStatus'), ['cancel.successStatus 204 3'])
    assert.deepEqual(seen(talk, 'cancel.tooLate'), ['cancel.tooLate 409 5'])
  })

  it('orders that are not there, and those that are no more', async () => {
    const talk = new Talk()
    await talk.query('8', error, 404)
    await talk.query('9', [])
    await talk.order('7', 'Limit', 'RECEIVED', 'REJECTED')
    talk.pass(61_000)
    await talk.query('7', error, 404)
    assert.deepEqual(seen(talk, 'query.unknown'), ['query.unknown 404 1', 'query.unknown 200 2'])
    assert.deepEqual(seen(talk, 'order.retentionMs'), ['order.retentionMs "limited" 5'])
  })

  it('finished orders among the active, if they are our own', async () => {
    const talk = await ended({}, 'REJECTED')
    await talk.queryActive([orderSeen('8', 'FILLED')])
    assert.deepEqual(seen(talk, 'active.includesTerminal'), [])
    await talk.queryActive([orderSeen('7', 'REJECTED')])
    assert.deepEqual(seen(talk, 'active.includesTerminal'), ['active.includesTerminal true 4'])
  })

  it('when a missing field is noticed', async () => {
    const { coId: _, ...lacking } = orderSent('7')
    const talk = new Talk()
    await talk.place(lacking, error, 400)
    await talk.place({ ...lacking, size: -1 }, error, 400)
    await talk.place(orderSent('7'), error, 400)
    assert.deepEqual(seen(talk, 'validation.missingField'), ['validation.missingField "http400" 1'])
    await talk.place(lacking, { ...lacking, orderId: '7', status: 'RECEIVED' })
    assert.deepEqual(seen(talk, 'validation.missingField'), [
      'validation.missingField "http400" 1',
      'validation.missingField "rejectOnQuery" 4',
    ])
  })

  it('a missing permission', async () => {
    const talk = new Talk()
    await talk.place(orderSent('7'), error, 403)
    assert.deepEqual(seen(talk, 'perm.missing'), ['perm.missing "http403" 1'])
  })

  it('which statuses a query saw on the way', async () => {
    const talk = new Talk()
    await talk.order('7', 'PQ', 'RECEIVED', 'RECEIVED', 'RECEIVED', 'FILLED')
    await talk.order('8', 'PQ', 'RECEIVED', 'NEW', 'FILLED')
    await talk.order('9', 'PQ', 'RECEIVED', 'REJECTED')
    assert.deepEqual(seen(talk, 'advance.receivedQueries'), ['advance.receivedQueries ">0" 2'])
    assert.deepEqual(seen(talk, 'advance.skipNew'), [
      'advance.skipNew true 4',
      'advance.skipNew false 7',
    ])
  })

  it('how orders end that may not wait', async () => {
    const ioc = { timeInForce: 'IOC' }
    assert.deepEqual(seen(await ended(ioc, 'CANCELED'), 'ioc.unfilledStatus'), [
      'ioc.unfilledStatus "CANCELED" 2',
    ])
    assert.deepEqual(seen(await ended(ioc, 'EXPIRED', { cumQty: 4 }), 'partial.finalStatus'), [
      'partial.finalStatus "EXPIRED" 2',
    ])
    assert.deepEqual(seen(await ended({}, 'EXPIRED'), 'ioc.unfilledStatus'), [])
    const cancelled = await ended(ioc, 'CANCELED')
    await cancelled.call('DELETE', '/v2/orders/7', new Response(null, { status: 204 }))
    assert.deepEqual(seen(cancelled, 'ioc.unfilledStatus'), [])
  })

  it('rates that are not to be had', async () => {
    const ask = (talk: Talk, symbol: string, status: number) =>
      talk.call('GET', `/v2/rates/spot?symbol=${symbol}`, Response.json({}, { status }))
    const talk = new Talk()
    await ask(talk, 'ABC%2FXYZ', 404)
    await ask(talk, 'EUR%2FUSD', 422)
    await ask(talk, 'EUR%2FUSD', 429)
    await ask(talk, 'EUR%2FUSD', 200)
    assert.deepEqual(seen(talk, 'rate.unknownSymbol'), ['rate.unknownSymbol 404 1'])
    assert.deepEqual(seen(talk, 'rate.noLiquidity'), ['rate.noLiquidity 422 2'])
  })

  it('shapes of typed rates', async () => {
    const talk = new Talk()
    await talk.call('GET', '/v2/rates/spot/TOB?symbol=A', Response.json({ bid: [1] }))
    await talk.call('GET', '/v2/rates/spot/TOB/o?symbol=A', Response.json([{ bid: 1 }]))
    assert.deepEqual(seen(talk), ['rates.fullShape "arrays" 1', 'rates.fullShape "objects" 2'])
  })

  it('how a download says that nothing is left, and whether trades have an event', async () => {
    const talk = await ended({}, 'FILLED')
    const path = '/v2/trades/stp/messages'
    await talk.download(tradeOf('7', { event: undefined }), tradeOf('8'))
    await talk.download()
    await talk.call('GET', path, new Response(null, { status: 204 }))
    await talk.call('GET', path, new Response(' '))
    await talk.download(tradeOf('7', { event: 'RESEND' }))
    assert.deepEqual(seen(talk, 'stp.empty'), [
      'stp.empty "[]" 4',
      'stp.empty "204" 5',
      'stp.empty "blank" 6',
    ])
    assert.deepEqual(seen(talk, 'stp.omitEvent'), ['stp.omitEvent true 3', 'stp.omitEvent false 7'])
  })

  it('and none of it is a finding by itself', async () => {
    const talk = await ended({ timeInForce: 'IOC' }, 'CANCELED')
    await talk.query('9', [])
    await talk.download()
    assert.deepEqual(talk.evidence().findings, [])
    assert.isNotEmpty(talk.evidence().variants)
  })
})
