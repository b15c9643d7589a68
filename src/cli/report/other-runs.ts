import { existsSync, readFileSync } from 'node:fs'
import { jsonIn } from '../../evidence/bundle/json-in.ts'

/**
 * A note on a page that an earlier command made of other runs than those told of here, which a reader
 * would otherwise take for theirs; empty where it is of these.
 *
 * @param page - With the same for machines beside it, which names its runs; else nothing is noted.
 * @param ids - The runs that are told of.
 */
export function noteOnOtherRuns(page: string, ids: readonly string[]): string {
  const file = page.replace(/\.\w+$/, '.json')
  const content = existsSync(file) ? jsonIn(readFileSync(file, 'utf8')) : undefined
  const { simulation, endpoint } = Object(content)
  const others = [simulation, endpoint]
    .map((each): unknown => Object(each).id)
    .filter((id) => typeof id === 'string')
    .filter((id) => !ids.includes(id))
  return others.length === 0 ? '' : `made of another run than the last one: ${others.join(', ')}`
}
