import { describe, it } from 'node:test'
import { assert } from 'chai'
import { mermaidOf, mermaidOfPath } from '../../src/cli/mermaid.ts'
import { lifecycles } from '../../src/machines/lifecycle.ts'
import { loopedPaths, simplePaths } from '../../src/machines/paths.ts'
import { documentedArrows, documentedEnds } from '../machines/documented-arrows.ts'
import { readMermaid } from './mermaid-reader.ts'

describe('the Mermaid text', () => {
  for (const lifecycle of lifecycles) {
    const { name } = lifecycle

    it(`of the ${name} lifecycle is read as the documented arrows`, () => {
      const { type, arrows, states } = readMermaid(mermaidOf(lifecycle))
      assert.equal(type, 'stateDiagram-v2')
      const ends = [...documentedEnds[name], 'refused']
      assert.sameMembers(
        [...arrows],
        [
          '[*] -> RECEIVED : order.received',
          '[*] -> refused : order.refused',
          ...documentedArrows[name].map(([from, to, event]) => `${from} -> ${to} : ${event}`),
          ...ends.map((end) => `${end} -> [*]`),
        ],
      )
      const known = ['[*]', '[*]', 'RECEIVED', 'NEW', ...ends]
      assert.sameMembers([...states], known)
    })

    it(`of each ${name} path is read as that path`, () => {
      const paths = [...simplePaths(lifecycle), ...loopedPaths(lifecycle)]
      assert.isNotEmpty(paths)
      for (const path of paths) {
        const { type, arrows } = readMermaid(mermaidOfPath(path))
        assert.equal(type, 'stateDiagram-v2')
        assert.deepEqual(arrows, [
          ...path.map(
            ({ from, to, event }) => `${from === 'placed' ? '[*]' : from} -> ${to} : ${event}`,
          ),
          `${path.at(-1)?.to} -> [*]`,
        ])
      }
    })
  }

  it('is refused by this reader where it is malformed', () => {
    const [pq] = lifecycles
    const torn = mermaidOf(pq).replace('RECEIVED --> NEW', 'RECEIVED --> --> NEW')
    assert.throws(() => readMermaid(torn), 'No arrow:   RECEIVED --> --> NEW')
  })
})
