import { chmod, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { assert } from 'chai'
import type { Page } from 'playwright-core'
import { certificatePage } from '../../src/cli/certify/page/certificate-page.ts'
import { findChromium } from '../../src/cli/certify/pdf/find-chromium.ts'
import { printPdf } from '../../src/cli/certify/pdf/print-pdf.ts'
import { certificateOf } from '../../src/evidence/certificate/certificate.ts'
import { inFolder } from '../backends/temporary-folder.ts'
import { noChromium, reachingOut, withBrowser } from '../browser/open-page.ts'
import { barriers } from '../report/axe.ts'
import { pagesOf } from './certify-command.ts'
import { recordOf, scenario, terms } from './record.ts'

const finding = {
  code: 'wrong-http-code',
  rule: 'http.query-order',
  orderId: '4820',
  expected: 'Success is answered with HTTP 200.',
  detail: '<script>alert(1)</script> "202" & more',
  exchanges: [1, 2],
  contradicts: { exchange: 1, saw: 'NEW' },
}
const waiver = {
  rule: finding.rule,
  owner: 'J. Doe',
  reason: 'known',
  granted: '2026-01-01',
  expires: '2026-12-31',
}

function golden() {
  const first = scenario(3, 4)
  const { evidence } = first
  const found = { ...first, ...(evidence && { evidence: { ...evidence, findings: [finding] } }) }
  const table = { ...scenario(9, 2, 1), rule: 'A rule' }
  const steps = table.steps.map((step) => ({ ...step, argument: '| a | bcd |\n| efgh | i |' }))
  const unverified = {
    ...scenario(12, 1),
    status: 'notVerified' as const,
    notVerified: 'no chance',
  }
  return recordOf([found, { ...table, steps }, unverified], {
    account: { user: 'qa.user', org: 'QaOrg' },
  })
}

const expired = { ...waiver, expires: '2026-01-31' }
const sheets = {
  'with findings and exceptions': [golden(), [waiver, expired]],
  'with nothing to say': [recordOf([scenario(3, 2)]), []],
  'of a simulation': [recordOf([scenario(3, 2)], { target: 'simulation' }), []],
} as const

describe('the page of a certificate', { skip: noChromium }, () => {
  for (const [title, [record, waivers]] of Object.entries(sheets)) {
    it(`${title} is open to everybody, whole without scripts, and asks for nothing`, () =>
      inFolder(async (folder) => {
        const file = join(folder, 'certificate.html')
        const certificate = certificateOf(record, { ...terms, waivers })
        await writeFile(file, certificatePage(certificate, record))
        await withBrowser(async (open) => {
          const { page, requests, errors } = await open(file)
          assert.deepEqual(await barriers(page), [])
          assert.deepEqual(reachingOut(requests), [])
          assert.deepEqual(errors, [])
          const text = (await page.textContent('main')) ?? ''
          const untested = await page.locator('.untested').count()
          assert.equal(untested, Number(record.run.target === 'simulation'))
          const details = record.verdict.findings.map(({ detail }) => detail)
          const said = [...details, ...waivers.map(({ owner }) => owner)]
          assert.isEmpty(said.filter((each) => !text.includes(each)))
          assert.deepEqual(await tornIn(page), [])
        })
      }))
  }
})

/** Rows, and boxes to sign in, that the end of a sheet of paper may tear. */
async function tornIn(page: Page): Promise<string[]> {
  await page.emulateMedia({ media: 'print' })
  return page.evaluate<string[]>(
    `[...document.querySelectorAll('tr, .outcome, .signatures')]
       .filter((each) => getComputedStyle(each).breakInside !== 'avoid')
       .map((each) => each.outerHTML)`,
  )
}

const chromium = findChromium(process.env)

describe('printing a certificate', () => {
  it(
    'repeats the heads of a long table on every page, and tears no row',
    {
      skip: 'why' in chromium && chromium.why,
    },
    () =>
      inFolder(async (folder) => {
        const page = join(folder, 'page.html')
        const pdf = join(folder, 'page.pdf')
        const record = recordOf([scenario(3, 200)])
        await writeFile(page, certificatePage(certificateOf(record, terms), record))
        const job = {
          chromium: 'path' in chromium ? chromium.path : '',
          page,
          pdf,
          env: process.env,
        }
        assert.isUndefined(await printPdf(job))
        assert.deepEqual((await readdir(folder)).toSorted(), ['page.html', 'page.pdf'])
        const pages = (await pagesOf(await readFile(pdf))).filter((text) =>
          /of scenario 3/.test(text),
        )
        assert.isAbove(pages.length, 5)
        for (const text of pages) assert.include(text, 'Step Action Expected Observed Result')
        for (let step = 1; step <= 200; step += 1) {
          const whole = new RegExp(
            `step ${step} of scenario 3 is made exchange ${step}: GET .* 200`,
          )
          assert.isTrue(
            pages.some((text) => whole.test(text)),
            `step ${step}`,
          )
        }
      }),
  )

  /** What stands in for the browser, and what is said of it. */
  const browsers: Readonly<Record<string, RegExp>> = {
    'exit 3': /ended with code 3/,
    'exit 0': /the browser wrote none/,
    'for a in "$@"; do case $a in --print-to-pdf=*) echo no > "${a#*=}";; esac; done': /is none/,
    'sleep 600 & sleep 600': /took longer than 500 ms/,
    'kill -9 $$': /ended with SIGKILL/,
  }
  for (const [script, said] of Object.entries(browsers)) {
    it(
      `goes without where the browser does this: ${script}`,
      { skip: process.platform === 'win32' },
      () =>
        inFolder(async (folder) => {
          const fake = join(folder, 'chromium')
          await writeFile(fake, `#!/bin/sh\n${script}\n`)
          await chmod(fake, 0o755)
          const pdf = join(folder, 'page.pdf')
          const job = { chromium: fake, page: join(folder, 'page.html'), pdf, env: process.env }
          const withinMs = script.startsWith('sleep') ? 500 : 60_000
          assert.match((await printPdf({ ...job, withinMs })) ?? '', said)
          assert.deepEqual(await readdir(folder), ['chromium'])
        }),
    )
  }

  it('keeps what is secret from the browser', { skip: process.platform === 'win32' }, () =>
    inFolder(async (folder) => {
      const fake = join(folder, 'chromium')
      await writeFile(fake, `#!/bin/sh\nenv > ${join(folder, 'env')}\n`)
      await chmod(fake, 0o755)
      const env = { ...process.env, INTEGRAL_PASSWORD: 'hush' }
      await printPdf({ chromium: fake, page: 'x', pdf: join(folder, 'page.pdf'), env })
      assert.notInclude(await readFile(join(folder, 'env'), 'utf8'), 'hush')
    }),
  )
})
