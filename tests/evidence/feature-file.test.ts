import { describe, it } from 'node:test'
import { assert } from 'chai'
import { featureFile } from '../../src/evidence/bundle/bundle-files.ts'

const places: readonly (readonly [uri: string, file: string])[] = [
  ['features/x.feature', 'features/x.feature'],
  ['features/orders/x.feature', 'features/orders/x.feature'],
  ['features\\orders\\y.feature', 'features/orders/y.feature'],
  ['x.feature', 'features/_here/x.feature'],
  ['orders/x.feature', 'features/_here/orders/x.feature'],
  ['./orders/z.feature', 'features/_here/orders/z.feature'],
  ['../x.feature', 'features/_up/x.feature'],
  ['../../features/x.feature', 'features/_up/_up/features/x.feature'],
  ['/x.feature', 'features/_root/x.feature'],
  ['/orders/x.feature', 'features/_root/orders/x.feature'],
  ['C:\\orders\\x.feature', 'features/_root/C_/orders/x.feature'],
]

describe('The place of a feature in a bundle', () => {
  for (const [uri, file] of places)
    it(`of ${uri} is ${file}`, () => assert.equal(featureFile(uri), file))

  it('is that of no other', () => {
    assert.lengthOf(new Set(places.map(([uri]) => featureFile(uri))), places.length)
  })
})
