import { describe, it } from 'node:test'
import { assert } from 'chai'
import { foundIn, LIFE_MS, loggedIn, resultIn, Watch } from './watch.ts'

const SIGNED = { headers: { Authorization: 'hmac username="u", signature="s"' } }

describe('client.renew-in-time', () => {
  const result = (watch: Watch) => resultIn(watch.report(), 'client.renew-in-time')

  it('is held where a session outlives its first token', async () => {
    const watch = await loggedIn()
    await watch.pass(LIFE_MS - 5_000).renew()
    await watch.pass(10_000).rate()
    assert.equal(result(watch), 'held')
    assert.deepEqual(watch.report().findings, [])
  })

  it('is held where the client logs in anew in time', async () => {
    const watch = await loggedIn()
    await watch.pass(LIFE_MS - 5_000).login()
    await watch.pass(10_000).rate()
    assert.equal(result(watch), 'held')
  })

  it('is broken where a token is used after its end, told once for each token', async () => {
    const watch = await loggedIn()
    await watch.rate()
    await watch.pass(LIFE_MS).refused('/v2/orders/1', 401)
    await watch.refused('/v2/orders/2', 401)
    assert.deepEqual(foundIn(watch.report()), [
      {
        rule: 'client.renew-in-time',
        detail: 'a token was used 1 s after its end, and refused',
        exchanges: [1, 3],
        user: 'ada',
      },
    ])
  })

  it('is not verified where no session lasted so long', async () => {
    const watch = await loggedIn()
    await watch.rate()
    assert.equal(result(watch), 'not verified: no session lasted longer than its first token')
  })

  it('blames nobody for tokens that were made to expire, or a clock that was moved', async () => {
    const watch = await loggedIn()
    await watch.pass(LIFE_MS - 1_000).refused('/v2/orders/1', 401)
    await watch.renew()
    assert.deepEqual(watch.report().findings, [])
  })

  it('blames nobody for a refusal that was staged, or the last moment of a token', async () => {
    const watch = await loggedIn()
    await watch.pass(LIFE_MS + 50).refused('/v2/orders/1', 401)
    await watch.renew()
    await watch.pass(LIFE_MS + 51).refused('/v2/orders/1', 401, { fault: 'status' })
    await watch.renew()
    assert.deepEqual(watch.report().findings, [])
    await watch.pass(LIFE_MS + 51).refused('/v2/orders/1', 401)
    assert.equal(result(watch), 'broken')
  })

  it('lets a token that is over be renewed, and one that the server takes longer be used', async () => {
    const watch = await loggedIn()
    await watch.pass(LIFE_MS * 2).rate()
    await watch.pass(LIFE_MS * 2).renew()
    await watch.rate()
    assert.deepEqual(watch.report().findings, [])
    assert.match(result(watch), /^not verified/)
  })

  it('says nothing of time where no clock told it', async () => {
    const watch = await loggedIn()
    await watch.pass(LIFE_MS * 2).refused('/v2/orders/1', 401)
    assert.match(resultIn(watch.timeless(), 'client.renew-in-time'), /clock stood still/)
  })

  it('tells time by the venue where its clock is real, unless it was moved', async () => {
    const watch = await loggedIn()
    await watch.pass(LIFE_MS * 2).refused('/v2/orders/1', 401)
    assert.lengthOf(watch.timeless({ clock: 'real' }).findings, 1)
    const staged = [{ before: 2, kind: 'time' as const, what: 'advanced 2 minutes' }]
    assert.deepEqual(watch.timeless({ clock: 'real', staged }).findings, [])
  })

  it('is not applicable where requests are signed', async () => {
    const watch = new Watch()
    await watch.rate('r', {}, SIGNED)
    assert.equal(result(watch), 'not applicable: the client signs its requests, and uses no tokens')
    assert.match(resultIn(watch.report(), 'client.refused-token'), /^not applicable/)
    assert.match(resultIn(watch.report(), 'client.token-kept'), /^not applicable/)
  })

  it('is applicable where some are', async () => {
    const watch = await loggedIn()
    await watch.rate()
    await watch.rate('r', {}, { ...SIGNED, as: 'bob' })
    assert.match(result(watch), /^not verified/)
    const both = await loggedIn()
    await both.rate('r', {}, SIGNED)
    assert.match(result(both), /^not verified/)
  })
})

describe('client.refused-token', () => {
  const result = (watch: Watch) => resultIn(watch.report(), 'client.refused-token')

  it('is held where the client renews, or logs in', async () => {
    const watch = await loggedIn()
    await watch.refused('/v2/orders/1', 401)
    await watch.renew()
    await watch.query('1')
    assert.equal(result(watch), 'held')
  })

  it('is broken where it repeats the request with the same token', async () => {
    const watch = await loggedIn()
    for (let times = 0; times < 4; times++) await watch.refused('/v2/orders/1', 401)
    await watch.renew()
    assert.deepEqual(foundIn(watch.report()), [
      {
        rule: 'client.refused-token',
        detail: '4 times the same request with a token that had been refused',
        exchanges: [2, 3, 4, 5],
        user: 'ada',
      },
    ])
  })

  it('lets several be under way, of one request or of many', async () => {
    const watch = await loggedIn()
    for (let times = 0; times < 3; times++) await watch.refused('/v2/orders/1', 401)
    for (const id of '234567') await watch.refused(`/v2/orders/${id}`, 401)
    await watch.login()
    assert.deepEqual(watch.report().findings, [])
  })

  it('lets it try as often as it renews', async () => {
    const watch = await loggedIn()
    for (let times = 0; times < 6; times++) {
      await watch.refused('/v2/orders/1', 401)
      await watch.call('GET', '/v2/sso/token/renew', Response.json({}))
    }
    assert.deepEqual(watch.report().findings, [])
  })

  it('is not verified where no token was refused, or the client stopped there', async () => {
    const watch = await loggedIn()
    await watch.rate()
    assert.equal(result(watch), 'not verified: no token was refused')
    await watch.refused('/v2/orders/1', 401)
    assert.equal(result(watch), 'not verified: a token was refused, and the client did not go on')
  })
})

describe('client.token-kept', () => {
  const result = (watch: Watch) => resultIn(watch.report(), 'client.token-kept')

  it('is held where a token serves several requests', async () => {
    const watch = await loggedIn()
    await watch.rate()
    await watch.rate()
    assert.equal(result(watch), 'held')
  })

  it('is broken where there is a login for each', async () => {
    const watch = new Watch()
    for (let times = 0; times < 4; times++) {
      await watch.login()
      await watch.rate()
    }
    assert.deepEqual(foundIn(watch.report()), [
      {
        rule: 'client.token-kept',
        detail: 'logged in 4 times, 4 of them for one request or none',
        exchanges: [1, 3, 5, 7],
        user: 'ada',
      },
    ])
  })

  it('lets a few processes log in, and many users', async () => {
    const watch = new Watch()
    for (const as of ['ada', 'bob', 'cyd']) {
      for (let times = 0; times < 3; times++) {
        await watch.login({ as })
        await watch.rate('r', {}, { as })
      }
    }
    assert.deepEqual(watch.report().findings, [])
  })

  it('counts what a session does after its renewals', async () => {
    const watch = new Watch()
    for (let times = 0; times < 5; times++) {
      await watch.login()
      await watch.rate()
      await watch.renew()
      await watch.rate()
    }
    assert.deepEqual(watch.report().findings, [])
  })

  it('is not verified where no token was used twice', async () => {
    assert.equal(result(await loggedIn()), 'not verified: no token was used twice')
  })
})

describe('client.login-refused', () => {
  const refusal = () => Response.json({ errorCode: 'x' }, { status: 401 })
  const result = (watch: Watch) => resultIn(watch.report(), 'client.login-refused')

  it('is held where the client gives up, or gets another password', async () => {
    const watch = new Watch()
    for (const password of ['one-word', 'other-word'])
      for (let times = 0; times < 3; times++) await watch.login({}, password, refusal())
    assert.equal(result(watch), 'held')
    assert.deepEqual(watch.report().findings, [])
  })

  it('is broken where it goes on and on', async () => {
    const watch = new Watch()
    for (let times = 0; times < 4; times++) await watch.login({}, 'one-word', refusal())
    assert.deepEqual(foundIn(watch.report()), [
      {
        rule: 'client.login-refused',
        detail: 'logged in 4 times in a row with a password that was refused',
        exchanges: [1, 2, 3, 4],
        user: 'ada',
      },
    ])
  })

  it('lets a login be repeated that succeeded, failed or was made to be refused', async () => {
    const watch = new Watch()
    for (let times = 0; times < 3; times++) {
      for (let refused = 0; refused < 3; refused++) await watch.login({}, 'pass-word', refusal())
      await watch.login({ fault: 'status' }, 'pass-word', refusal())
      await watch.login({}, 'pass-word', new Response('', { status: 503 }))
    }
    await watch.login()
    await watch.login({}, 'pass-word', refusal())
    assert.deepEqual(watch.report().findings, [])
  })

  it('is not verified where none was refused', async () => {
    assert.equal(result(await loggedIn()), 'not verified: no login was refused')
  })
})
