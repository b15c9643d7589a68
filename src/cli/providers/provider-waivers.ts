import { dirname, resolve } from 'node:path'
import { parseWaivers, WaiverError } from '../../evidence/waivers/parse-waivers.ts'
import type { Waiver } from '../../evidence/waivers/waiver.ts'
import { readWaivers } from '../read-waivers.ts'
import { UsageError } from '../usage-error.ts'
import type { Provider } from './providers-schema.ts'

/**
 * The waivers of a provider, from a file of their own or from its entry.
 *
 * @param file - The file of providers, which a waiver file is relative to.
 * @param say - Told what is wrong, a sentence with the path below the provider first.
 */
export async function readProviderWaivers(
  given: Provider['waivers'],
  file: string,
  say: (sentence: string) => void,
): Promise<readonly Waiver[]> {
  try {
    if (given === undefined) return []
    return typeof given === 'string'
      ? await readWaivers(resolve(dirname(file), given))
      : parseWaivers(given)
  } catch (error) {
    if (error instanceof UsageError) say(`.waivers: ${error.message}`)
    else if (error instanceof WaiverError) say(`.waivers${inline(error.message)}`)
    else throw error
    return []
  }
}

/** Its path goes on from that of the provider. */
function inline(message: string): string {
  return `${message}${message.endsWith('?') ? '' : '.'}`
}
