import { assert } from 'chai'
import type { Running } from '../e2e/uat/run-command.ts'

/** The line with which a server says that it is ready. @throws It ended instead. */
export async function listening({ child, ended }: Running): Promise<URL> {
  let printed = ''
  const said = new Promise<string>((resolve) => {
    child.stdout?.on('data', (text: string) => {
      printed += text
      if (printed.includes('\n')) resolve(printed)
    })
  })
  const early = ended.then(({ stderr }) => {
    throw new Error(`The server ended: ${stderr}`)
  })
  const line = await Promise.race([said, early])
  assert.match(line, /^listening https?:\/\/[^\s/]+:\d+\n$/)
  return new URL(line.slice('listening '.length).trim())
}
