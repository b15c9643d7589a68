import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { assert } from 'chai'
import type { Page } from 'playwright-core'
import { combinedAllurePage } from '../../src/cli/allure/combined-page.ts'
import { noChromium, reachingOut, seenIn, withBrowser } from '../browser/open-page.ts'
import { runCommand, runVerify, type VerifyRun } from './run-verify.ts'
import { atUat } from './uat/uat.ts'

/*
 * Allure's pages, opened from disk and read as a person would. On the endpoint, a wrong echo is a known
 * finding, and what has to be staged is not verified.
 */

const FAR = 'immediate or cancel, to buy far from the market'
const STAGED = 'To buy at the market is to deal at the limit'
const NAMES = [FAR, STAGED].flatMap((name) => ['--name', name])
const FEATURE = 'Limit orders deal at their limit or better'
const RULES = {
  [FAR]: 'An order that may not wait expires unfilled',
  [STAGED]: 'A limit order deals at its limit or better',
} as const

/** Looks a scenario up by its name, opens the branches of the tree that are shut, and opens it. */
async function openScenario(page: Page, name: keyof typeof RULES): Promise<void> {
  await page.getByPlaceholder('Search tests').fill(name)
  await page.waitForURL(/query=/)
  const [feature, rule, leaf] = [FEATURE, RULES[name], name].map((text) =>
    page.getByText(text, { exact: true }).first(),
  )
  await feature?.waitFor()
  for (const [branch, below] of [
    [feature, rule],
    [rule, leaf],
  ]) {
    // A branch with a failure is open from the start.
    if (!(await below?.isVisible())) await branch?.click()
    await below?.waitFor()
  }
  await leaf?.click()
  await page.getByTestId('test-result-info-title').waitFor()
}

async function stepOf(page: Page, words: string): Promise<void> {
  await page.getByTestId('test-result-step-title').filter({ hasText: words }).first().click()
}

const textOf = (page: Page) => seenIn(page.locator('body'))

describe("Allure's pages in a browser", { skip: noChromium }, () => {
  let folder: string
  let simulation: VerifyRun
  let combined: string
  let uat: string
  let password: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'harness-allure-'))
    simulation = await runVerify(...NAMES)
    assert.equal(simulation.code, 0, simulation.stdout + simulation.stderr)
    await atUat({ echoPlacing: { side: 'Sell' } }, async (run) => {
      const ended = await run.verify(NAMES)
      assert.equal(ended.code, 1, ended.stdout + ended.stderr)
      password = run.standIn.credentials.password
      uat = join(folder, 'uat.html')
      await writeFile(uat, await run.read('allure.html'))
      combined = join(folder, 'combined.html')
      await writeFile(combined, await combinedAllurePage([simulation.out, run.out], folder))
    })
  })
  after(async () => {
    await rm(folder, { recursive: true, force: true })
    await rm(simulation.out, { recursive: true, force: true })
  })

  it('show a scenario, its steps, and in them the exchanges', () =>
    withBrowser(async (open) => {
      const { page, requests, errors } = await open(join(simulation.out, 'allure.html'))
      await openScenario(page, FAR)
      await stepOf(page, 'When Ada places a limit order to buy')
      await page.getByText(/^Exchange \d+: POST \/v2\/orders → 202$/).click()
      const exchange = page.getByTestId('http-attachment-content')
      await exchange.waitFor()
      const text = await seenIn(exchange)
      assert.match(text, /^POST\s+https?:\/\/\S+\/v2\/orders\s/)
      assert.match(text, /\b202\b/)
      assert.include(text, '"timeInForce":"IOC"')
      assert.include(text, '"status":"RECEIVED"')

      await stepOf(page, 'What was observed of order')
      await page.getByText(/^Timeline of order \d+$/).click()
      await page.getByText('documented (limit.placed-received)').waitFor()
      await page.getByText(/^State diagram of order \d+$/).click()
      await page
        .locator('img[src^="data:image/svg"], img[src^="blob:"], svg text')
        .first()
        .waitFor()
      for (const label of [
        'epic',
        'feature',
        'story',
        'rule',
        'seed',
        'target',
        'symbol',
        'life',
      ]) {
        assert.include(await textOf(page), `\n${label}\n`)
      }
      const link = page.getByRole('link', { name: 'limit.placed-received' })
      assert.match(
        (await link.getAttribute('href')) ?? '',
        /^https:\/\/docs\.fxinside\.net\/.*limit$/,
      )
      await page.screenshot({ path: join(folder, 'scenario.png') })
      assert.deepEqual(reachingOut(requests), [])
      assert.deepEqual(errors, [])
    }))

  it('say in one sentence what was found, and why something was not verified', () =>
    withBrowser(async (open) => {
      const { page, requests } = await open(uat)
      await openScenario(page, FAR)
      await page
        .getByText(/^echo-mismatch: order \d+: side: sent "Buy", answered "Sell" \(exchange/)
        .first()
        .waitFor()
      const found = await textOf(page)
      assert.include(found, 'against echo.placing: ')
      assert.notMatch(found, /\n\s+at .*\.ts:\d+/)
      const again = await open(uat)
      await openScenario(again.page, STAGED)
      await again.page
        .getByText(/^Not verified: an endpoint cannot be made to /)
        .first()
        .waitFor()
      assert.include(await textOf(again.page), 'Skipped')
      await again.page.screenshot({ path: join(folder, 'not-verified.png') })
      assert.deepEqual(reachingOut([...requests, ...again.requests]), [])
    }))

  it('hold a run on the simulation and one on an endpoint side by side', () =>
    withBrowser(async (open) => {
      const { page, requests } = await open(combined)
      await page.getByText('Environment: "simulation"').waitFor()
      await page.getByText('Environment: "uat"').waitFor()
      await openScenario(page, FAR)
      await page.getByTestId('test-result-tab-environments').click()
      for (const target of ['simulation', 'uat']) {
        await page.getByText(target, { exact: true }).first().waitFor()
      }
      assert.match(await textOf(page), /Environments\s+2\b/)
      await page.screenshot({ path: join(folder, 'combined.png') })
      assert.deepEqual(reachingOut(requests), [])
    }))

  it('show what became of a scenario in the run before', async () => {
    const settings = join(folder, 'settings.json')
    await writeFile(settings, JSON.stringify({ 'ioc.unfilledStatus': 'CANCELED' }))
    const { out } = simulation
    const again = await runCommand(['verify', '--out', out, '--config', settings, '--name', FAR])
    assert.equal(again.code, 1, again.stderr)
    await withBrowser(async (open) => {
      const { page } = await open(join(out, 'allure.html'))
      await openScenario(page, FAR)
      await page.getByTestId('test-result-status-failed').waitFor()
      await page.getByTestId('test-result-tab-history').click()
      const before = page.getByTestId('test-result-history-item')
      await before.first().waitFor()
      assert.equal(await before.count(), 1)
      await before.getByTestId('tree-leaf-status-passed').waitFor()
    })
  })

  it('hold no secret, whatever is opened', () =>
    withBrowser(async (open) => {
      for (const file of [uat, combined]) {
        const { page } = await open(file)
        await page.getByPlaceholder('Search tests').waitFor()
        const data = await page.evaluate(() =>
          Object.values(Reflect.get(globalThis, 'allureReportData')).map((each) =>
            new TextDecoder().decode(Uint8Array.from(atob(String(each)), (c) => c.charCodeAt(0))),
          ),
        )
        assert.isAbove(data.length, 20)
        assert.isTrue(data.some((each) => each.includes('‹redacted›')))
        assert.isFalse(data.some((each) => each.includes(password)))
      }
    }))
})
