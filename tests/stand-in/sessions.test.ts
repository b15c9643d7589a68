import { describe, it } from 'node:test'
import { assert } from 'chai'
import { digestOf, signatureOf } from './hmac.ts'
import { launched } from './launched.ts'

const RENEW = '/v2/sso/token/renew'
const RATE = '/v2/rates/spot?symbol=EUR/USD'

describe('Tokens of the stand-in', () => {
  it(
    'are sent as header and as cookies, and taken from either',
    launched({}, async (talk, { credentials: { user, password: pass, org }, admin }) => {
      const { headers, json } = await talk.call('POST', '/v2/sso/login', { user, pass, org })
      const token = headers.sso_token
      assert.deepEqual(headers['set-cookie'], [
        `SSO_TOKEN=${token}; Domain=.integral.com; Path=/`,
        `SSO_TOKEN=${token}; Path=/`,
      ])
      const { expiryTime, serverUTCTime } = json as Record<string, number>
      assert.equal(Number(expiryTime) - Number(serverUTCTime), 60_000)
      const carried = { SSO_TOKEN: '', cookie: `other=1; SSO_TOKEN=${token}` }
      assert.equal((await talk.call('GET', RATE, undefined, carried)).status, 401)
      await admin.change({ accept: 'cookie' })
      assert.equal((await talk.call('GET', RATE, undefined, carried)).status, 200)
      assert.equal((await talk.call('GET', RATE)).status, 401)
      assert.include(await admin.tokens(), token)
    }),
  )

  it(
    'are refused with a wrong password, and in a body that is none',
    launched({}, async (talk, { credentials: { user, org } }) => {
      const wrong = { user, pass: 'wrong', org }
      assert.equal((await talk.call('POST', '/v2/sso/login', wrong)).status, 401)
      assert.equal((await talk.call('POST', '/v2/sso/login', { user, org })).status, 400)
      assert.equal((await talk.call('POST', '/v2/sso/login')).status, 400)
    }),
  )

  it(
    'are extended while they live',
    launched({}, async (talk) => {
      const token = await talk.login()
      const { status, headers, json } = await talk.call('GET', RENEW)
      assert.equal(status, 200)
      assert.equal(headers.sso_token, token)
      assert.deepInclude(json, { status: 'OK', valid: true, expired: false, apiVersion: '1.0.1' })
    }),
  )

  it(
    'rotate, and then end the old one',
    launched({ renewLive: 'rotate' }, async (talk) => {
      const renewed = (await talk.call('GET', RENEW)).headers.sso_token
      assert.equal((await talk.call('GET', RATE)).status, 401)
      assert.equal((await talk.call('GET', RATE, undefined, { SSO_TOKEN: renewed })).status, 200)
    }),
  )

  it(
    'expire, and can then be renewed into a new one',
    launched({ tokenTtlMs: 0 }, async (talk, { admin }) => {
      const token = await talk.login()
      assert.equal((await talk.call('GET', RATE)).status, 401)
      await admin.change({ tokenTtlMs: 60_000 })
      const { status, headers } = await talk.call('GET', RENEW)
      assert.equal(status, 200)
      assert.notEqual(headers.sso_token, token)
      const fresh = { SSO_TOKEN: headers.sso_token }
      assert.equal((await talk.call('GET', RATE, undefined, fresh)).status, 200)
      assert.equal((await talk.call('GET', RENEW, undefined, { SSO_TOKEN: 'x' })).status, 401)
    }),
  )
})

describe('Signed requests', () => {
  const date = 'Tue, 15 Nov 1994 08:12:31 GMT'
  const names = ['date', 'request-line', 'digest']

  it('match the two vectors of the fact sheet', () => {
    const sign = (method: string, target: string, body: string) =>
      signatureOf('secret', names, { method, target, headers: { date, digest: digestOf(body) } })
    assert.equal(
      sign('POST', '/v2/orders', '{"coId":"1"}'),
      'N8yehf+PXoHeOQR5q1NejIC3Jp7a99UqTbp9xMSQy0A=',
    )
    assert.equal(sign('GET', RATE, ''), 'n27avKGCnQaFDpURhShYlEhY0Lzl07QMFxbbU5je62k=')
  })

  it(
    'are taken only if fresh, whole and signed with the secret',
    launched({ hmac: { secret: 'seed', skewMs: 60_000 } }, async (talk, { credentials }) => {
      assert.equal((await talk.call('POST', '/v2/sso/login', {})).status, 404)
      const ask = async (secret: string, now: number, changed = {}, body = '') => {
        const headers = { date: new Date(now).toUTCString(), digest: digestOf(body) }
        const signature = signatureOf(secret, names, { method: 'GET', target: RATE, headers })
        const authorization = `hmac username="${credentials.user}", algorithm="hmac-sha256", headers="${names.join(' ')}", signature="${signature}"`
        const sent = { ...headers, type: 'hmac', authorization, ...changed }
        return (await talk.call('GET', RATE, undefined, sent)).status
      }
      assert.equal(await ask('seed', Date.now()), 200)
      assert.equal(await ask('other', Date.now()), 401)
      assert.equal(await ask('seed', Date.now() - 120_000), 401)
      assert.equal(await ask('seed', Date.now(), { digest: digestOf('x') }), 401)
      assert.equal(await ask('seed', Date.now(), {}, 'another body'), 401)
      assert.equal(await ask('seed', Date.now(), { type: 'token' }), 401)
    }),
  )
})
