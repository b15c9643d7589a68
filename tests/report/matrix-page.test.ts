import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { assert } from 'chai'
import { extractText, getDocumentProxy } from 'unpdf'
import { indexPage } from '../../src/cli/report/index-page.ts'
import { matrixPage } from '../../src/cli/report/matrix-page.ts'
import { type Matrix, matrixOf } from '../../src/evidence/matrix/matrix.ts'
import type { RunRecord } from '../../src/evidence/record/run-record.ts'
import { catalogue } from '../../src/evidence/rules/catalogue.ts'
import { type KeptBrowser, keptBrowser } from '../browser/kept-browser.ts'
import { noChromium, type OpenedPage, reachingOut, withBrowser } from '../browser/open-page.ts'
import { textOf } from '../browser/text-of.ts'
import { barriers } from './axe.ts'
import { goldenRun } from './golden.ts'

/*
 * The pages as a reader has them: files, opened in Chromium. The runs are golden: the simulation breaks
 * `limit.filled-new` on purpose in one of them, and cancels what should expire in another.
 */

const folder = mkdtempSync(join(tmpdir(), 'harness-matrix-'))
const writtenAt = new Date(Date.UTC(2026, 10, 26, 8))
const known = ['simulation', 'served', 'uat']
const LIMIT_ORDERS = 'features/orders/limit-orders.feature'

let clean: Matrix
let broken: Matrix
let plain: KeptBrowser

before(async () => {
  if (noChromium) return
  plain = await keptBrowser({ javaScriptEnabled: false })
  const asked = [
    await goldenRun(),
    await goldenRun({ deviation: 'limit.filled-turns-new', feature: LIMIT_ORDERS }),
    await goldenRun({
      ...{ target: 'uat', feature: LIMIT_ORDERS },
      settings: { 'ioc.unfilledStatus': 'CANCELED' },
    }),
  ]
  const [whole, deviating, cancelling] = asked
  clean = matrix(whole)
  broken = matrix(deviating, cancelling)
  for (const [name, of] of [
    ['clean', clean],
    ['broken', broken],
  ] as const) {
    writeFileSync(fileOf(name), await matrixPage(of, writtenAt))
    writeFileSync(fileOf(`${name}-index`), indexPage(of, [], writtenAt))
  }
})
after(async () => {
  await plain?.close()
  rmSync(folder, { recursive: true })
})

const fileOf = (name: string) => join(folder, `${name}.html`)
const matrix = (...records: (RunRecord | undefined)[]) =>
  matrixOf(
    records.flatMap((record) => (record ? [{ dir: `reports/${record.run.target}`, record }] : [])),
    known,
  )

/** Opens a page as somebody without scripts has it. */
async function reading<T>(name: string, use: (opened: OpenedPage) => Promise<T>): Promise<T> {
  const opened = await plain.open(fileOf(name))
  try {
    return await use(opened)
  } finally {
    await opened.page.context().close()
  }
}

describe('the matrix of a clean run', { skip: noChromium }, () => {
  it('shows every rule of the catalogue with its result, and which targets have no run', async () => {
    await reading('clean', async ({ page }) => {
      const rows = page.locator('tr[id^="rule-"]')
      assert.equal(await rows.count(), catalogue.length)
      const texts = await rows.allInnerTexts()
      for (const [at, { id, sentence, severity }] of catalogue.entries()) {
        assert.include(texts[at], id)
        assert.include(texts[at], sentence)
        assert.include(texts[at], severity)
        assert.match(texts[at] ?? '', /✓ held[\s\S]*\d+ scenarios?[\s\S]*no run\s+no run/)
      }
      const standings = await page.locator('.standing').allInnerTexts()
      assert.match(
        standings[0] ?? '',
        /^simulation\s+✓ held\s+All 174 rules held\.\s+No provider was tested\./,
      )
      assert.match(standings[2] ?? '', /^uat\s+○ no run/)
      const gaps = await textOf(page.getByRole('region', { name: 'Gaps', exact: true }))
      assert.match(
        gaps,
        /Targets without any run \(2\)\s+served[\s\S]+uat\tuat\tNo run on uat is at hand/,
      )
    })
  })

  it('opens the names of scenarios without a script', async () => {
    await reading('clean', async ({ page }) => {
      const row = page.locator('[id="rule-limit.new-expired"]')
      const name = row.getByText('immediate or cancel, to buy far from the market')
      assert.isFalse(await name.isVisible())
      await row.locator('summary').focus()
      await page.keyboard.press('Enter')
      assert.isTrue(await name.isVisible())
    })
  })

  it('draws each lifecycle, and says the same in a table', async () => {
    await reading('clean', async ({ page }) => {
      const section = page.locator('section', { has: page.locator('#coverage') })
      assert.equal(await section.getByRole('img', { name: /lifecycle on simulation/ }).count(), 2)
      assert.match(await textOf(section), /8 of 8 transitions/)
      const table = page.getByRole('region', { name: 'Transitions of Limit orders' })
      assert.match(
        await textOf(table),
        /NEW → EXPIRED\s+timeInForce\.ended\s+✓ seen in \d+ scenarios/,
      )
      assert.notInclude(await textOf(table), 'not seen')
    })
  })
})

describe('the matrix of runs with known findings', { skip: noChromium }, () => {
  it('says which rule broke, in which scenario, and shows the exchanges', async () => {
    const finding = broken.runs[0]?.record.verdict.findings[0]
    assert.equal(finding?.rule, 'limit.filled-new')
    await reading('broken', async ({ page }) => {
      const article = page.getByRole('article', {
        name: /^limit\.filled-new\s+broken on simulation$/,
      })
      const text = await textOf(article)
      assert.include(text, 'What is FILLED is final: a limit order never becomes NEW after it.')
      assert.include(text, `order ${finding?.orderId}: FILLED → NEW (exchanges 5 and 6)`)
      assert.include(text, finding?.scenario ?? 'no scenario')
      assert.include(text, 'exchanges 5, 6, in reports/simulation/evidence/transcript.ndjson')
      const [before = '', after = ''] = await article.locator('details[open] pre').allInnerTexts()
      assert.match(before, /^GET https:\S+\/v2\/orders\/\d+[\s\S]+"status": "FILLED"/m)
      assert.match(after, /^GET https:\S+\/v2\/orders\/\d+[\s\S]+"status": "NEW"/m)
      assert.include(after, 'sso_token: ‹redacted›')
    })
  })

  it('marks the rule in the table, and leads to its findings', async () => {
    await reading('broken', async ({ page }) => {
      const row = page.locator('[id="rule-limit.filled-new"]')
      assert.match(await textOf(row), /✗ broken\s+\d+ findings/)
      await row.getByRole('link').first().click()
      assert.match(page.url(), /#broken-1-limit\.filled-new$/)
    })
  })

  it('tells of scenarios that failed though no rule was broken', async () => {
    await reading('broken', async ({ page }) => {
      const section = page.locator('section', { has: page.locator('#failures') })
      const text = await textOf(section)
      assert.include(text, 'On uat')
      assert.match(text, /fill or kill, to buy far from the market/)
      assert.match(text, /should have become EXPIRED; seen was RECEIVED → NEW → CANCELED/)
    })
  })

  it('lists what was not verified: rules, and transitions that were not seen', async () => {
    await reading('broken', async ({ page }) => {
      const gaps = await textOf(page.getByRole('region', { name: 'Gaps', exact: true }))
      assert.match(gaps, /pq\.new-filled\s+every target\s+The step was not seen\./)
      assert.match(gaps, /NEW → FILLED\s+uat\s+No PQ order was seen so\./)
      const table = await textOf(page.getByRole('region', { name: 'Transitions of PQ orders' }))
      assert.match(table, /NEW → FILLED\s+market\.dealtWhole\s+○ not seen\s+○ not seen/)
      const limits = await textOf(page.getByRole('region', { name: 'Transitions of Limit orders' }))
      assert.match(limits, /FILLED → NEW\s+not documented\s+✗ seen in \d+ scenarios\s+–/)
    })
  })

  it('prints in grey what it means: dashes and words in the drawing, signs in the table', async () => {
    await reading('broken', async ({ page }) => {
      const drawing = page.getByRole('img', { name: /^PQ lifecycle on uat/ })
      assert.equal(await drawing.locator('.edge path[stroke-dasharray]').count(), 6)
      assert.include(await drawing.locator('text').allTextContents(), 'not seen')
    })
  })
})

describe('every page of the report', { skip: noChromium }, () => {
  const names = ['clean', 'broken', 'clean-index', 'broken-index']

  it('has nothing that axe finds', async () => {
    await withBrowser(async (open) => {
      for (const name of names) {
        const { page } = await open(fileOf(name))
        assert.deepEqual(await barriers(page), [], name)
      }
    })
  })

  it('reaches out to nothing, and is at peace with its own content policy', async () => {
    await withBrowser(async (open) => {
      for (const name of names) {
        const { page, requests, errors } = await open(fileOf(name))
        await page.emulateMedia({ media: 'print' })
        assert.deepEqual(reachingOut(requests), [], name)
        assert.equal(requests.length, 1, name)
        assert.deepEqual(errors, [], name)
      }
    })
  })

  it('says of which runs it tells, and when it was written, in UTC', async () => {
    for (const name of names) {
      await reading(name, async ({ page }) => {
        const footer = await textOf(page.getByRole('contentinfo'))
        assert.include(footer, 'simulation-20261126T073012Z-9f3c1a', name)
        assert.include(footer, 'Written 2026-11-26 08:00:00 UTC', name)
      })
    }
  })

  it('is printed with the head of the table, the run and its number on each page', async () => {
    const pdf = await reading('clean', ({ page }) =>
      page.pdf({ preferCSSPageSize: true, format: 'A4', landscape: true }),
    )
    const { text: pages } = await extractText(await getDocumentProxy(new Uint8Array(pdf)))
    assert.isAbove(pages.length, 8)
    const ofRules = pages.filter((text) => /^(?:pq|limit|http|trade)\.[a-z-]+$/m.test(text))
    assert.isAbove(ofRules.length, 5, pages[3])
    for (const text of ofRules)
      assert.match(text, /Rule\s+Weight\s+Source\s+simulation\s+served\s+uat/)
    for (const [at, text] of pages.entries()) {
      assert.include(text, `${at + 1} of ${pages.length}`)
      assert.include(text, 'simulation-20261126T073012Z-9f3c1a')
    }
  })
})

describe('the page to open first', { skip: noChromium }, () => {
  it('says what was not verified and what was changed, before anything else', async () => {
    await reading('broken-index', async ({ page }) => {
      const cards = await textOf(page.locator('.standings'))
      assert.match(cards, /uat\s+✗ failed\s+\d+ scenarios failed/)
      assert.match(cards, /○ not verified: \d+ rules/)
      assert.include(cards, '△ Changed settings: ioc.unfilledStatus="CANCELED"')
      assert.include(cards, `△ Not all scenarios: ${LIMIT_ORDERS}`)
      const gaps = page.locator('p', { hasText: `${broken.gaps.length} gaps` })
      assert.equal(await gaps.getByRole('link').getAttribute('href'), 'matrix.html#gaps')
    })
    await reading('clean-index', async ({ page }) => {
      const cards = await textOf(page.locator('.standings'))
      assert.notMatch(cards, /△|not verified/)
    })
  })

  it('tells the cause at once, and leads to the exchanges', async () => {
    await reading('broken-index', async ({ page }) => {
      const wrong = await textOf(page.locator('section', { has: page.locator('#wrong') }))
      assert.match(
        wrong,
        /1 rule broken\s+.*limit\.filled-new on simulation: What is FILLED is final/,
      )
      assert.match(wrong, /illegal-transition: order \d+: FILLED → NEW/)
      const link = page.getByRole('link', { name: /the exchanges that show it/ })
      assert.equal(await link.getAttribute('href'), 'matrix.html#broken-1-limit.filled-new')
    })
  })
})
