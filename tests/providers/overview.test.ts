import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { assert } from 'chai'
import { parse } from 'csv-parse/sync'
import { noChromium, reachingOut, withBrowser } from '../browser/open-page.ts'
import { textOf } from '../browser/text-of.ts'
import { barriers } from '../report/axe.ts'
import { atProviders } from './matrix.ts'

const FEATURE = 'features/trade-esp-spot.feature'
const FEW = [FEATURE, '--name', 'through the market takes the same way to buy']
const STAGED = 'Each query sees one step more'
const HMAC = { secret: 'hm4c-secret-of-two', skewMs: 600_000 }
const WAIVERS = JSON.stringify([
  {
    ...{ rule: 'limit.filled-new', owner: 'QA <qa@example.com>', reason: 'ticket 12' },
    ...{ granted: '2026-01-01', expires: '2100-01-01' },
  },
  {
    ...{ rule: 'trade.once', owner: 'QA', reason: 'ticket 13' },
    ...{ granted: '2020-01-01', expires: '2020-12-31' },
  },
])

/** Asserts that the page is one for everybody, and reads it. */
async function readPage(file: string): Promise<string> {
  return withBrowser(async (open) => {
    const { page, requests, errors } = await open(file)
    assert.deepEqual(await barriers(page), [])
    assert.deepEqual(reachingOut(requests), [])
    assert.deepEqual(errors, [])
    await page.setViewportSize({ width: 390, height: 800 })
    const width = await page.evaluate('document.documentElement.scrollWidth')
    assert.isAtMost(Number(width), 390)
    return textOf(page.locator('body'))
  })
}

describe('the overview of providers', { concurrency: 1 }, () => {
  it('holds what was expected against what was seen: a promise that nothing shows is no pass', () =>
    atProviders(
      [
        {
          name: 'promising',
          fields: { capabilities: { 'limit-orders': true, cancel: true, fok: false } },
        },
        { name: 'understated', fields: { capabilities: { 'limit-orders': false } } },
        {
          name: 'kept',
          fields: { capabilities: { 'limit-orders': true, cancel: false, hmac: false } },
        },
      ],
      async (matrix) => {
        const { code, stdout } = await matrix.verify(FEW)
        assert.equal(code, 2, stdout)
        assert.match(stdout, /^promising +not judged +promised, and not seen: cancel\. /m)
        assert.match(stdout, /^understated +not judged +not expected, and seen: limit-orders\. /m)
        assert.match(stdout, /^kept +held /m)
        const { byName, exitCode } = await matrix.overview()
        assert.equal(exitCode, 2)
        assert.include(byName.get('promising'), { verdict: 'not judged', exitCode: 2 })
        assert.deepEqual(byName.get('promising')?.expectations, [
          {
            ...{ capability: 'cancel', expected: true },
            ...{ result: 'not seen', seen: 'never asked for' },
          },
          {
            ...{ capability: 'limit-orders', expected: true },
            ...{ result: 'met', seen: 'given 1 of 1 time that it was asked for' },
          },
          {
            ...{ capability: 'fok', expected: false },
            ...{ result: 'not tried', seen: 'never asked for' },
          },
        ])
      },
    ))

  it(
    'shows every rule at every provider to everybody, what is waived, and by whom',
    {
      skip: noChromium,
    },
    () =>
      atProviders(
        [
          { name: 'wrong', behaviour: { terminalChanges: 2 }, fields: { waivers: 'waivers.json' } },
          { name: 'down' },
          { name: 'other', behaviour: { queryShape: 'object' } },
        ],
        async (matrix) => {
          matrix.standIn('down').kill()
          await writeFile(join(matrix.folder, 'waivers.json'), WAIVERS)
          const { code, stdout } = await matrix.verify([...FEW, '--name', STAGED])
          assert.equal(code, 1, stdout)
          const all =
            /1 of 3 held, 1 broken, 1 not judged; \d+ findings?, \d+ of them waived; exit code 1\./
          assert.match(stdout, new RegExp(`^Providers  ${all.source}$`, 'm'))
          assert.match((await matrix.overview()).summary, all)
          // That it was down is one gap, and not one for each rule; what is skipped everywhere is one too.
          const rows: Record<string, string>[] = parse(await matrix.read('providers.csv'), {
            columns: true,
          })
          const gaps = rows.filter(({ kind }) => kind?.startsWith('gap-'))
          const ofDown = gaps.filter(({ target }) => target === 'down')
          assert.deepEqual(
            ofDown.map(({ kind }) => kind),
            ['gap-target'],
          )
          const skipped = gaps.filter(
            ({ kind, what }) => kind === 'gap-scenario' && what?.includes(STAGED),
          )
          assert.deepEqual(
            skipped.map(({ target }) => target),
            [''],
          )
          const text = await readPage(join(matrix.out, 'providers.html'))
          assert.notInclude(text, 'INTEGRAL_')
          for (const part of [
            all,
            /query\.shape △ they differ\s[\s\S]*?\sarray\s+\d+ scenarios?\s+object\s+\d+ scenario/,
            /Providers of which nothing was seen \(1\)\s+down\s+down\s+Its run says nothing of any rule/,
            /wrong\s+✗ broken\s+\d+ rules broken, with \d+ findings\. \d+ of them waived\./,
            /down\s+○ not judged\s+the endpoint did not answer: [^;]* Check baseUrl, the network and caFile\./,
            /△ broken, waived\s+1 finding[\s\S]*?○ not verified/,
            /limit\.filled-new\s+ticket 12\s+QA <qa@example\.com>\s[\s\S]*?✓ in force/,
            /trade\.once\s+ticket 13\s[\s\S]*?matches none\s+✗ expired/,
          ])
            assert.isTrue(part.test(text), String(part))
        },
      ),
  )

  it('has a column for each symbol of a provider, run one after the other on its account', () =>
    atProviders(
      [
        {
          name: 'one',
          fields: { symbols: ['EUR/USD', 'GBP/USD'], sizes: { order: 2_000, smallest: 1_000 } },
        },
        {
          name: 'two',
          behaviour: { hmac: HMAC },
          fields: {
            auth: 'hmac',
            credentials: { user: 'TWO_USER', org: 'TWO_ORG', hmacSecret: 'TWO_HMAC' },
            capabilities: { hmac: true },
          },
        },
      ],
      async (matrix) => {
        // `.env` has what no run may take from it: a wrong password, and a name that is none.
        const { code, stdout, stderr } = await matrix.verifyByDotEnv(
          [...FEW, '--jobs', '4'],
          ['INTEGRAL_PASSWORD=Pa55-dot', 'INTEGRAL_MADE_UP=1', `TWO_HMAC=${HMAC.secret}`],
        )
        assert.equal(code, 0, stdout + stderr)
        assert.match(stdout, /^one EUR\/USD +held /m)
        assert.match(stdout, /^one GBP\/USD +held /m)
        assert.match(stdout, /^two +held /m)
        const { byName } = await matrix.overview()
        assert.deepEqual([...byName.keys()], ['one EUR/USD', 'one GBP/USD', 'two'])
        const orders = await matrix.standIn('one').admin.requests()
        const placed = orders.filter(({ method }) => method === 'POST').map(({ body }) => body)
        const bodies = placed
          .filter((body) => body.includes('coId'))
          .map((body) => JSON.parse(body))
        assert.deepEqual(
          bodies.map(({ symbol, size }) => [symbol, Number(size)]),
          [
            ['EUR/USD', 2_000],
            ['GBP/USD', 2_000],
          ],
        )
        const runs = await Promise.all(
          ['EUR-USD', 'GBP-USD'].map(async (folder) =>
            JSON.parse(await matrix.read('one', folder, 'verdict.json')),
          ),
        )
        assert.isAbove(Date.parse(runs[1].startedAt), Date.parse(runs[0].startedAt))
        assert.notInclude(stdout + stderr, HMAC.secret)
      },
    ))

  it('spreads the scenarios of a provider over its logins, where there are workers', () => {
    const second = { user: 'second.user', password: 'Pa55-second', org: 'second-org' }
    const names = { user: 'SECOND_USER', password: 'SECOND_PASSWORD', org: 'SECOND_ORG' }
    return atProviders(
      [{ name: 'one', behaviour: { further: [second] }, fields: { furtherLogins: [names] } }],
      async (matrix) => {
        const { code, stdout, stderr } = await matrix.verify([FEATURE, '--parallel', '2'], {
          SECOND_USER: second.user,
          SECOND_PASSWORD: second.password,
          SECOND_ORG: second.org,
        })
        assert.equal(code, 0, stdout + stderr)
        const requests = await matrix.standIn('one').admin.requests()
        const logins = requests.filter(({ path }) => path === '/v2/sso/login')
        const users = new Set(logins.map(({ body }) => JSON.parse(body).user))
        assert.deepEqual([...users].sort(), ['one.user', 'second.user'])
        assert.notInclude(stdout + stderr + (await matrix.read('one', 'verify.log')), 'Pa55')
      },
    )
  })
})
