import { describe, it } from 'node:test'
import { assert } from 'chai'
import { mermaidOf, mermaidOfPath } from '../../src/cli/mermaid.ts'
import { lifecycles } from '../../src/machines/lifecycle.ts'
import { loopedPaths, simplePaths } from '../../src/machines/paths.ts'
import { documentedArrows, documentedEnds } from '../machines/documented-arrows.ts'
import { readMermaid } from './mermaid-parser.ts'

describe('the Mermaid text', () => {
  for (const lifecycle of lifecycles) {
    const { name } = lifecycle

    it(`of the ${name} lifecycle is read by Mermaid as the documented arrows`, async () => {
      const { type, arrows, states } = await readMermaid(mermaidOf(lifecycle))
      assert.equal(type, 'stateDiagram')
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

    it(`of each ${name} path is read by Mermaid as that path`, async () => {
      const paths = [...simplePaths(lifecycle), ...loopedPaths(lifecycle)]
      assert.isNotEmpty(paths)
      for (const path of paths) {
        const { type, arrows } = await readMermaid(mermaidOfPath(path))
        assert.equal(type, 'stateDiagram')
        assert.deepEqual(arrows, [
          ...path.map(
            ({ from, to, event }) => `${from === 'placed' ? '[*]' : from} -> ${to} : ${event}`,
          ),
          `${path.at(-1)?.to} -> [*]`,
        ])
      }
    })
  }

  it('is refused by this parser where it is malformed', async () => {
    const [pq] = lifecycles
    const torn = mermaidOf(pq).replace('RECEIVED --> NEW', 'RECEIVED --> --> NEW')
    const error = await readMermaid(torn).catch((thrown: unknown) => thrown)
    assert.match(String(error), /Parse error on line 6/)
  })
})
