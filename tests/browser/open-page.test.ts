import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { assert } from 'chai'
import { inFolder } from '../backends/temporary-folder.ts'
import { noChromium, reachingOut, withBrowser } from './open-page.ts'

const restless = `<!DOCTYPE html><html><head><meta charset="utf-8"><title>Restless</title></head><body>
  <img src="http://example.invalid/pixel.png"><p id="said">as written</p>
  <script>
    document.getElementById('said').textContent = 'as scripted'
    fetch('https://example.invalid/beacon').catch(() => {})
    throw new Error('nobody catches this')
  </script></body></html>`

test(
  'a page is read as a person would, and what it reaches out for is seen',
  {
    skip: noChromium,
  },
  () =>
    inFolder(async (folder) => {
      const file = join(folder, 'restless.html')
      await writeFile(file, restless)
      await withBrowser(async (open) => {
        const { page, requests, errors } = await open(file)
        assert.equal(await page.textContent('#said'), 'as scripted')
        assert.sameMembers(reachingOut(requests), [
          'http://example.invalid/pixel.png',
          'https://example.invalid/beacon',
        ])
        assert.include(errors, 'nobody catches this')
      })
    }),
)

test('a page is read without its scripts', { skip: noChromium }, () =>
  inFolder(async (folder) => {
    const file = join(folder, 'restless.html')
    await writeFile(file, restless)
    await withBrowser(
      async (open) => {
        const { page } = await open(file)
        assert.equal(await page.textContent('#said'), 'as written')
      },
      { javaScriptEnabled: false },
    )
  }),
)
