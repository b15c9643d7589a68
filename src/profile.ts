import { extname, join, relative, sep } from 'node:path'
import type { IConfiguration } from '@cucumber/cucumber/api'

/**
 * What the `cucumber.js` of a project starts from: the shipped steps, the World and the hooks among them.
 *
 * Paths are seen from the working directory, which must be the one that Cucumber runs in: in a path of its own, each
 * bracket of a folder's name would be read as a pattern.
 */
export const profile = {
  import: [shippedSteps()],
  strict: true,
  publish: false,
  worldParameters: { target: 'simulation', seed: 'integral', settings: {} },
} satisfies Partial<IConfiguration>

function shippedSteps(): string {
  const { dirname, filename } = import.meta
  const room = relative(process.cwd(), join(dirname, 'steps')).replaceAll(sep, '/')
  return `${room}/**/!(*.test)${extname(filename)}`
}
