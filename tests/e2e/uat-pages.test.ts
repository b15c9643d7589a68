import { it } from 'node:test'
import { assert } from 'chai'
import { atUat } from './uat/uat.ts'

/** Of trade-esp-spot.feature, those that an endpoint cannot be made to show. */
const LEFT_OUT = 5

it('what is not verified on an endpoint says why, on every page', () =>
  atUat({}, async (uat) => {
    const args = ['features/trade-esp-spot.feature', '--tags', '@simulation-only']
    const { stdout } = await uat.verify(args)
    assert.include(stdout, `0 passed, 0 failed, ${LEFT_OUT} not verified`)
    for (const page of ['junit.xml', 'cucumber.html', 'messages.ndjson']) {
      const reasons = (await uat.read(page)).match(/Not verified: an endpoint cannot be made to/g)
      assert.isAtLeast(reasons?.length ?? 0, LEFT_OUT, page)
    }
  }))
