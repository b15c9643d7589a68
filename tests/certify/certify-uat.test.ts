import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { assert } from 'chai'
import { findChromium } from '../../src/cli/certify/pdf/find-chromium.ts'
import { certify, NO_BROWSER, type Written, written } from './certify-command.ts'
import { copyOf, remove, runOnUat, type UatRun } from './uat-run.ts'

/*
 * Certificates of full runs on a stand-in for UAT: one that keeps to the documentation, and one whose
 * departures are known.
 */

const PROVIDER = 'Example Bank "FX" <plc> & Söhne'
const noPdf = 'why' in findChromium(process.env) ? 'there is no Chromium on this machine' : false

/** A known departure of the golden run, as a waiver file has it. */
const placing = {
  rule: 'http.place-order',
  owner: 'J. Doe, Head of QA',
  reason: 'Answers 200 for 202; mended in release 4.3, ticket EX-17',
  granted: '2026-01-01',
  expires: '9999-12-31',
}
const echo = { ...placing, rule: 'echo.placing', reason: 'The side is the one of the provider' }
/** In this scenario a step fails for the first of them. */
const step = { ...placing, scenario: 'The placing is answered before anything is executed' }

let clean: UatRun
let golden: UatRun

before(async () => {
  clean = await runOnUat({})
  golden = await runOnUat({ placeStatus: 200, echoPlacing: { side: 'Sell' } })
})
after(() => Promise.all([clean, golden].map(({ dir }) => remove(dir))))

/** Certifies a copy of a run, with these waivers. */
async function certified<T>(
  run: UatRun,
  waivers: readonly unknown[],
  check: (
    ended: Awaited<ReturnType<typeof certify>>,
    sheet: Awaited<ReturnType<typeof written>>,
    dir: string,
  ) => Promise<T> | T,
  { env = NO_BROWSER, change = async (_: string) => {} } = {},
): Promise<T> {
  const dir = await copyOf(run)
  try {
    await change(dir)
    const file = join(dir, 'waivers.json')
    await writeFile(file, JSON.stringify(waivers))
    const args = ['--provider', PROVIDER, '--from', dir, '--waivers', file]
    const ended = await certify(args, env)
    return await check(ended, await written(dir), dir)
  } finally {
    await remove(dir)
  }
}

describe('a certificate of a clean run', () => {
  it('is granted, and says of what, on what grounds, and until when', () =>
    certified(clean, [], async ({ code, stdout }, { html, json }, dir) => {
      assert.equal(code, 0, stdout)
      assert.match(stdout, /^Certificate for Example Bank .*, run uat-.*: granted\n/)
      assert.equal(json.result, 'granted')
      assert.deepEqual(json.findings, [])
      assert.isAbove(json.rules.held.length, 80)
      assert.isAbove(json.rules.notVerified.length, 20)
      assert.match(json.evidence.manifestSha256, /^[0-9a-f]{64}$/)
      const facts = JSON.parse(await readFile(join(dir, 'evidence', 'run.json'), 'utf8'))
      const said = [
        facts.id,
        facts.baseUrl,
        facts.account.user,
        facts.account.org,
        facts.seed,
        facts.platform,
        ...Object.values(facts.digests),
        ...Object.entries(facts.software).map(([name, version]) => `${name} ${version}`),
        json.evidence.manifestSha256,
        json.validity.from,
        json.validity.until,
        'Example Bank &quot;FX&quot; &lt;plc&gt; &amp; Söhne',
      ]
      for (const each of said) assert.include(html, String(each))
      assert.equal(json.validity.from, facts.startedAt.slice(0, 10))
      assert.equal(
        Date.parse(json.validity.until) - Date.parse(json.validity.from),
        364 * 24 * 60 * 60 * 1_000,
      )
      assert.isBelow(html.indexOf('class="result">granted<'), html.indexOf('<table'))
      const first = html.slice(0, html.indexOf('<table'))
      assert.deepEqual(Object.keys(json).slice(0, 3), ['result', 'reasons', 'cautions'])
      for (const caution of ['is loopback', 'without TLS', 'Nobody has signed the evidence']) {
        assert.include(first, caution)
        assert.include(stdout.split('Valid from')[0], caution)
        assert.include(json.cautions.join(' '), caution)
      }
    }))

  it('lists every scenario and step with what was observed', () =>
    certified(clean, [], (_, { html }) => {
      assert.include(html, 'A trader can buy a small amount of the base currency')
      assert.match(html, /<td>And Ada places a previously quoted order [^<]*<\/td><td><\/td>/)
      assert.match(
        html,
        /<td>Then the order should be FILLED<\/td><td>exchanges? [^<]*GET \/v2\/orders\/\d+ → 200[^<]*order \d+: [A-Z, ]*FILLED<\/td>/,
      )
      assert.match(html, /Not verified: an endpoint cannot be made to change settings/)
      assert.include(html, 'no placing of a PQ order was refused')
    }))

  it('is printed, and says so where there is nothing to print it with', { skip: noPdf }, () =>
    certified(
      clean,
      [],
      ({ code, stdout }, { json, pdf }) => {
        assert.equal(code, 0, stdout)
        assert.notInclude(stdout, 'No PDF')
        assert.isUndefined(json.noPdf)
        const [first = '', ...rest] = pdf
        assert.match(first, /granted/i)
        assert.include(first, json.evidence.manifestSha256)
        assert.isAbove(rest.length, 5)
        for (const [at, page] of pdf.entries()) {
          assert.include(page, `Page ${at + 1} of ${pdf.length}`)
          assert.include(page, `Run ${json.run.id}`)
        }
      },
      { env: { INTEGRAL_CHROMIUM: '' } as typeof NO_BROWSER },
    ),
  )

  it('is a page alone without a browser, and an older PDF does not stay beside it', () =>
    certified(
      clean,
      [],
      ({ code, stdout }, { pdf, json }) => {
        assert.equal(code, 0)
        assert.match(stdout, /No PDF, because there is no Chromium on the PATH/)
        assert.match(json.noPdf, /no Chromium/)
        assert.isEmpty(pdf)
      },
      { change: (dir) => writeFile(join(dir, 'certificate.pdf'), 'of yesterday') },
    ))
})

describe('a certificate on evidence that was tampered with', () => {
  /** What is done to it, and what is said of it. */
  const kinds: Readonly<Record<string, readonly [(dir: string) => Promise<void>, RegExp]>> = {
    'an answer is changed': [
      async (dir) => {
        const file = join(dir, 'evidence', 'transcript.ndjson')
        const text = await readFile(file, 'utf8')
        await writeFile(file, text.replace('"status":202', '"status":200'))
      },
      /not intact: altered transcript\.ndjson/,
    ],
    'there is no manifest': [
      (dir) => remove(join(dir, 'evidence', 'manifest.dsse.json')),
      /not intact: missing manifest\.dsse\.json/,
    ],
    'a file is added': [
      (dir) => writeFile(join(dir, 'evidence', 'note.txt'), 'x'),
      /not intact: added note\.txt/,
    ],
    'the verdict beside it is changed': [
      async (dir) => {
        const text = await readFile(join(dir, 'evidence', 'verdict.json'), 'utf8')
        await writeFile(join(dir, 'verdict.json'), text.replace('"findings"', '"fINDINGS"'))
      },
      /not intact: altered \.\.\/verdict\.json/,
    ],
  }
  for (const [title, [change, said]] of Object.entries(kinds)) {
    it(`is not granted: ${title}`, () =>
      certified(
        clean,
        [],
        ({ code }, { html, json }) => {
          assert.equal(code, 2)
          assert.equal(json.result, 'not granted')
          assert.match(json.reasons[0], said)
          assert.match(html, said)
        },
        { env: NO_BROWSER, change },
      ))
  }
})

/** Whoever looks up the lines that findings name finds the answer about the order there. */
async function assertCitedLines(dir: string, { findings }: Written['json']): Promise<void> {
  const lines = (await readFile(join(dir, 'evidence', 'transcript.ndjson'), 'utf8')).split('\n')
  for (const { exchanges, records, orderId, scenario } of findings) {
    assert.lengthOf(records, exchanges.length)
    for (const [at, record] of records.entries()) {
      const line = JSON.parse(lines[record - 1] ?? '')
      assert.equal(line.phase, 'ended')
      assert.include(line.response.body, orderId)
      if (line.scenario === scenario) assert.equal(line.number, exchanges[at])
    }
  }
}

describe('a certificate of a run with known findings', () => {
  it('is not granted, and names each rule that broke, and the exchanges that show it', () =>
    certified(golden, [], async ({ code, stdout }, { html, json }, dir) => {
      assert.equal(code, 1, stdout)
      assert.equal(json.result, 'not granted')
      await assertCitedLines(dir, json)
      const rules = new Set(json.findings.map(({ rule }: { rule: string }) => rule))
      assert.sameMembers([...rules], ['http.place-order', 'echo.placing'])
      assert.include(html, 'Success of POST /v2/orders is answered with HTTP 202')
      assert.include(html, 'answered with 200, success is 202')
      assert.include(html, 'side: sent &quot;Buy&quot;, answered &quot;Sell&quot;')
      assert.match(html, /<span class="says">exchange 2; line \d+<\/span>/)
      assert.include(html, 'Received for processing is HTTP 202.')
      assert.match(html, /<a href="#finding-1">finding 1<\/a>/)
      assert.lengthOf(json.failures, 1)
    }))

  it('shows them in print', { skip: noPdf }, () =>
    certified(
      golden,
      [],
      (_, { pdf }) => {
        const text = pdf.join(' ')
        assert.include(text, 'answered with 200, success is 202')
        assert.include(text, 'echo-mismatch')
        assert.include(text, 'Received for processing is HTTP 202.')
      },
      { env: { INTEGRAL_CHROMIUM: '' } as typeof NO_BROWSER },
    ),
  )

  it('is granted with exceptions where somebody answers for all of it', () =>
    certified(golden, [placing, echo, step], ({ code, stdout }, { html, json }) => {
      assert.equal(code, 0, stdout)
      assert.equal(json.result, 'granted with exceptions')
      // What is waived is told all the same.
      assert.include(html, 'answered with 200, success is 202')
      assert.isAbove(json.findings.length, 8)
      for (const text of [placing.owner, placing.reason, placing.granted, placing.expires])
        assert.include(html, text)
      assert.lengthOf(json.exceptions, 3)
      assert.isEmpty(json.failures)
    }))

  it('is valid until the first of its exceptions expires', () => {
    const soon = new Date(Date.now() + 40 * 24 * 60 * 60 * 1_000).toISOString().slice(0, 10)
    return certified(golden, [placing, { ...echo, expires: soon }, step], ({ code }, { json }) => {
      assert.equal(code, 0)
      assert.equal(json.validity.until, soon)
      assert.include(json.validity.because, 'echo.placing')
    })
  })

  it('is not granted where one finding is left', () =>
    certified(golden, [placing, step], ({ code, stdout }, { json }) => {
      assert.equal(code, 1, stdout)
      assert.match(json.reasons[0], /against 1 rule, which no exception covers/)
    }))

  it('is not granted where a step failed that no exception names', () =>
    certified(golden, [placing, echo], ({ code }, { json }) => {
      assert.equal(code, 1)
      assert.deepEqual(json.reasons, ['1 scenario failed at a step.'])
    }))

  it('is not granted where an exception has expired, whether or not it matches', () =>
    certified(
      golden,
      [placing, echo, step, { ...placing, rule: 'trade.once', expires: '2026-01-31' }],
      ({ code }, { html, json }) => {
        assert.equal(code, 1)
        assert.match(json.reasons[0], /^Exception 4, to trade.once, expired on 2026-01-31/)
        assert.include(html, 'expired-waiver')
      },
    ))

  it('is not covered by an exception that is not yet in force', () =>
    certified(golden, [placing, { ...echo, granted: '9999-01-01' }, step], ({ code }, { html }) => {
      assert.equal(code, 1)
      assert.include(html, 'not yet in force')
    }))

  it('says which exception matches nothing', () =>
    certified(
      golden,
      [placing, echo, step, { ...placing, rule: 'trade.once' }],
      ({ code, stdout }, { html }) => {
        assert.equal(code, 0)
        assert.include(stdout, 'The waiver of trade.once matches no finding of this run.')
        assert.include(html, 'matches none')
      },
    ))
})
