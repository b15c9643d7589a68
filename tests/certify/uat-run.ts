import { copyFile, cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Ended, root, startCommand } from '../e2e/uat/run-command.ts'
import { atUat } from '../e2e/uat/uat.ts'
import type { Behaviour } from '../stand-in/behaviour.ts'

/** Enough for a full run: a login, a rate, orders queried to their end, downloads. */
const FEATURE = 'features/trade-esp-spot.feature'

/** Short waits, none of them above its default. */
const SETTINGS = {
  'poll.firstMs': 5,
  'poll.mostMs': 50,
  'trade.withinMs': 400,
  'order.finalWithinMs': 5_000,
}

/** A run on a stand-in for UAT, of all scenarios that there are: a single feature. */
export interface UatRun {
  /** Where it wrote. */
  readonly dir: string
  readonly ended: Ended
}

/** @param args - Further options of `verify`. */
export async function runOnUat(
  behaviour: Partial<Behaviour>,
  args: readonly string[] = [],
  settings: Readonly<Record<string, unknown>> = SETTINGS,
): Promise<UatRun> {
  return atUat(behaviour, async ({ folder, standIn }) => {
    const checkout = join(folder, 'checkout')
    await mkdir(join(checkout, dirname(FEATURE)), { recursive: true })
    for (const name of ['src', 'cucumber.js', 'package.json', 'node_modules']) {
      await symlink(join(root, name), join(checkout, name))
    }
    await copyFile(join(root, FEATURE), join(checkout, FEATURE))
    await writeFile(join(checkout, 'settings.json'), JSON.stringify(settings))
    const { baseUrl, credentials } = standIn
    const ended = await startCommand(
      ['verify', '--target', 'uat', '--config', 'settings.json', ...args],
      {
        INTEGRAL_BASE_URL: baseUrl,
        INTEGRAL_USER: credentials.user,
        INTEGRAL_PASSWORD: credentials.password,
        INTEGRAL_ORG: credentials.org,
        INTEGRAL_MAX_REQUESTS_PER_SECOND: '1000',
      },
      checkout,
    ).ended
    const dir = await mkdtemp(join(tmpdir(), 'certify-'))
    await cp(join(checkout, 'reports', 'uat'), dir, { recursive: true })
    return { dir, ended }
  })
}

/** A copy of a run, to be certified or changed without touching it. */
export async function copyOf({ dir }: UatRun): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), 'certify-'))
  await cp(join(dir, 'evidence'), join(copy, 'evidence'), { recursive: true })
  return copy
}

export function remove(dir: string): Promise<void> {
  return rm(dir, { recursive: true, force: true })
}
