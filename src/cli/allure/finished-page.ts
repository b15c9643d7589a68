import { selfContained } from './self-contained.ts'
import { sharedData } from './shared-data.ts'

/** Stands for the data while the rest is looked through; no page has it. */
const DATA = '\u0000data\u0000'

/**
 * Allure's page as it is written: self-contained, and equal data in it once. The data are names and base64, and
 * nothing that a browser would load.
 *
 * @throws {Error} As `selfContained` does.
 */
export function finishedPage(html: string): string {
  const { before, data, after } = sharedData(html)
  return selfContained(before + DATA + after).replace(DATA, () => data)
}
