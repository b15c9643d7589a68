import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Uat } from './uat.ts'

/**
 * Writes a feature of one scenario into the folder of the test.
 *
 * @returns Its path, as `verify` takes it.
 */
export async function featureOf({ folder }: Uat, steps: readonly string[]): Promise<string> {
  const file = join(folder, 'own.feature')
  const lines = steps.map((step) => `    ${step}`)
  await writeFile(file, ['Feature: Own', '', '  Scenario: One', ...lines, ''].join('\n'))
  return file
}
