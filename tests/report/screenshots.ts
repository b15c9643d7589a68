import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { matrixPage } from '../../src/cli/report/matrix-page.ts'
import { matrixOf } from '../../src/evidence/matrix/matrix.ts'
import type { RunRecord } from '../../src/evidence/record/run-record.ts'
import { withBrowser } from '../browser/open-page.ts'
import { goldenRun } from './golden.ts'

/*
 * Takes the pictures of the requirement matrix in docs/screenshots: `npm run screenshots`. The runs are those
 * that the tests of the page are made with.
 */

const pictures = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'harness-screenshots-'))
const writtenAt = new Date(Date.UTC(2026, 10, 26, 8))

async function pageOf(name: string, record: RunRecord): Promise<string> {
  const file = join(folder, `${name}.html`)
  const runs = [{ dir: `reports/${record.run.target}`, record }]
  const matrix = matrixOf(runs, ['simulation', 'served', 'uat'])
  writeFileSync(file, await matrixPage(matrix, writtenAt))
  return file
}

const clean = await pageOf('clean', await goldenRun())
const broken = await pageOf(
  'broken',
  await goldenRun({
    ...{ deviation: 'limit.filled-turns-new', feature: 'features/orders/limit-orders.feature' },
  }),
)
const shots = [
  { name: 'matrix', file: clean, from: 'h1', height: 1_000 },
  { name: 'matrix-rules', file: clean, from: '#rules', height: 900 },
  { name: 'matrix-finding', file: broken, from: 'h1', height: 1_350 },
  { name: 'coverage', file: broken, from: '#coverage-Limit', height: 1_020 },
]
mkdirSync(pictures, { recursive: true })
await withBrowser(
  async (open) => {
    for (const { name, file, from, height } of shots) {
      const { page } = await open(file)
      const box = await page.locator(from).boundingBox()
      const y = Math.max(0, (box?.y ?? 0) - 60)
      await page.screenshot({
        ...{ path: join(pictures, `${name}.png`), fullPage: true },
        clip: { x: 0, y, width: 1_360, height },
      })
    }
  },
  { viewport: { width: 1_360, height: 900 }, javaScriptEnabled: false },
)
rmSync(folder, { recursive: true })
