import { describe, it } from 'node:test'
import { assert } from 'chai'
import { clientReport } from '../../../src/evidence/client/client-report.ts'
import { BASE_URL, foundIn, loggedIn, resultIn, type Watch } from './watch.ts'

describe('client.download-until-empty', () => {
  const result = (watch: Watch) => resultIn(watch.report(), 'client.download-until-empty')

  it('is held where an empty list ends it, of whatever form', async () => {
    for (const empty of [
      Response.json([]),
      new Response(null, { status: 204 }),
      new Response(''),
    ]) {
      const watch = await loggedIn()
      await watch.download(['1'])
      await watch.call('GET', '/v2/trades/stp/messages', empty)
      assert.equal(result(watch), 'held')
    }
  })

  it('is broken where the client stops before', async () => {
    const watch = await loggedIn()
    await watch.download(['1'])
    await watch.download(['2', '3'])
    assert.deepEqual(foundIn(watch.report()), [
      {
        rule: 'client.download-until-empty',
        detail: 'the last download brought 2 trades, and no further one was made',
        exchanges: [3],
        user: 'ada',
      },
    ])
  })

  it('lets each user have its own end, and the last download be lost', async () => {
    const watch = await loggedIn('bob')
    await watch.download(['1'])
    await watch.download([], { as: 'bob' })
    assert.equal(result(watch), 'broken')
    await watch.call('GET', '/v2/trades/stp/messages', 'cut')
    assert.deepEqual(watch.report().findings, [])
  })

  it('is not verified where no trade came', async () => {
    const watch = await loggedIn()
    await watch.download()
    assert.equal(result(watch), 'not verified: no download brought a trade')
  })
})

describe('client.trades-left', () => {
  const result = (watch: Watch) => resultIn(watch.report(), 'client.trades-left')

  it('is held where trades were downloaded and none is left', async () => {
    const watch = await loggedIn()
    await watch.flow('1')
    assert.equal(result(watch), 'held')
  })

  it('is broken by those that are, by order', async () => {
    const watch = await loggedIn()
    await watch.place('1')
    await watch.query('1', 'FILLED')
    const undelivered = [
      { orderId: '1', tradeId: 'a' },
      { orderId: '1', tradeId: 'b' },
      { orderId: '9' },
    ]
    assert.deepEqual(foundIn(watch.report({ undelivered })), [
      {
        rule: 'client.trades-left',
        detail: '2 trades were never downloaded',
        exchanges: [3],
        user: 'ada',
        orderId: '1',
      },
      {
        rule: 'client.trades-left',
        detail: 'a trade was never downloaded',
        exchanges: [],
        user: '',
        orderId: '9',
      },
    ])
  })

  it('is not verified where there was none, or nobody knows', async () => {
    const watch = await loggedIn()
    await watch.download()
    assert.equal(result(watch), 'not verified: no trade was made')
    await watch.flow('1')
    const report = clientReport(watch.exchanges, { baseUrl: BASE_URL })
    assert.equal(
      resultIn(report, 'client.trades-left'),
      'not verified: which trades are left at the server is not known',
    )
  })
})

describe('client.lost-download', () => {
  const result = (watch: Watch) => resultIn(watch.report(), 'client.lost-download')
  const losing = async (special = {}, answer: Response | 'cut' = 'cut') => {
    const watch = await loggedIn()
    await watch.place('1')
    await watch.query('1', 'FILLED')
    await watch.call('GET', '/v2/trades/stp/messages', answer, undefined, special)
    return watch
  }
  const resend = (watch: Watch) =>
    watch.call('POST', '/v2/trades/stp/resend', new Response(''), {
      startDate: '2026-01-05 00:00:00,000 +0000',
      endDate: '2026-01-06 00:00:00,000 +0000',
    })

  it('is held where the client asks for a resend', async () => {
    const watch = await losing()
    await resend(watch)
    await watch.download(['1'])
    await watch.download()
    assert.equal(result(watch), 'held')
  })

  it('is broken where it does not, and a trade is missing', async () => {
    for (const answer of ['cut' as const, new Response('<html>', { status: 502 })]) {
      const watch = await losing({}, answer)
      await watch.download()
      assert.deepEqual(foundIn(watch.report()), [
        {
          rule: 'client.lost-download',
          detail:
            'a download got no whole answer, and none was asked to be sent again; missing are the trades of 1',
          exchanges: [4],
          user: 'ada',
          orderId: '1',
        },
      ])
    }
  })

  it('lets it be where nothing is missing, or nothing was lost by it', async () => {
    const came = await losing()
    await came.download(['1'])
    await came.download()
    const nothing = await losing({ tookEffect: false })
    const waiting = await losing()
    for (const watch of [came, nothing]) assert.deepEqual(watch.report().findings, [])
    assert.deepEqual(
      waiting.report({ undelivered: [{ orderId: '1' }] }).findings.map(({ rule }) => rule),
      ['client.trades-left'],
    )
    assert.equal(result(nothing), 'not verified: no download was lost that had trades in it')
  })

  it('does not ask for trades of what was dealt later, or never', async () => {
    const watch = await loggedIn()
    await watch.place('1')
    await watch.query('1', 'EXPIRED')
    await watch.place('2')
    await watch.call('GET', '/v2/trades/stp/messages', 'cut')
    await watch.query('2', 'FILLED')
    assert.deepEqual(watch.report().findings, [])
  })
})

describe('client.empty-pace', () => {
  const result = (watch: Watch) => resultIn(watch.report(), 'client.empty-pace')
  const downloads = async (pauses: readonly number[]) => {
    const watch = await loggedIn()
    for (const pause of pauses) await watch.pass(pause).download()
    return watch
  }

  it('is held by a loop with pauses', async () => {
    assert.equal(result(await downloads([1_000, 250, 250, 250, 250])), 'held')
  })

  it('is broken by one without', async () => {
    const watch = await downloads([1_000, 0, 0, 0, 0])
    assert.deepEqual(foundIn(watch.report()), [
      {
        rule: 'client.empty-pace',
        detail: '5 downloads after empty lists within 0 s; at most one each 0.2 s',
        exchanges: [2, 3, 4, 5, 6],
        user: 'ada',
      },
    ])
    assert.match(resultIn(watch.timeless(), 'client.empty-pace'), /clock stood still/)
  })

  it('lets full lists be followed at once', async () => {
    const watch = await loggedIn()
    for (let times = 0; times < 10; times++) await watch.pass(1).download([String(times)])
    await watch.pass(1).download()
    assert.deepEqual(watch.report().findings, [])
    assert.match(result(watch), /^not verified: no empty list/)
  })
})
