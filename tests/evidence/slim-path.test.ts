import { test } from 'node:test'
import { assert } from 'chai'
import { slimPath } from '../../src/evidence/slim-path.ts'

test('straight lines are drawn as lines, curves as curves', () => {
  const frame = 'M60,-36C60,-36 12,-36 12,-36 6,-36 0,-30 0,-24 0,-24 0,-12 0,-12 0,-6 6,0 12,0'
  assert.equal(slimPath(frame), 'M60,-36L12,-36C6,-36 0,-30 0,-24L0,-12C0,-6 6,0 12,0')
})

test('a tenth of a point is fine enough', () => {
  assert.equal(
    slimPath('M10.78,-66.02C15.24,-68.02 22.39,-71.04 28.8,-73'),
    'M10.7,-66.0C15.2,-68.0 22.3,-71.0 28.8,-73',
  )
  assert.equal(slimPath('71.19,-87.45 81.69,-86.08'), '71.1,-87.4 81.6,-86.0')
})

test('any other path is left as it is', () => {
  for (const path of ['M0,0L1,1', 'm0,0c1,1 2,2 3,3', '']) assert.equal(slimPath(path), path)
})
