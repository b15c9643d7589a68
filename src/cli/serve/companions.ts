import { readFileSync } from 'node:fs'
import type { IRunEnvironment } from '@cucumber/cucumber/api'
import type { Settings } from '../../mocks/exchange/settings/settings.ts'
import type { Companion } from '../../mocks/server/companion.ts'
import type { Venue } from '../../mocks/server/venue.ts'
import { messageOf, UsageError } from '../usage-error.ts'

/** Who acts at each organisation besides its clients, and the settings that go with it. */
export interface Companions {
  readonly settings: Partial<Settings>
  readonly accompany?: (venue: Venue) => Companion
}

export interface CompanionOptions {
  /** Feature files to act out. */
  readonly play: readonly string[]
  /** A recording, or the script made of one. */
  readonly replay: string | undefined
}

/**
 * Loads what is to be played or replayed; its modules too, so that an ordinary server starts without them.
 *
 * @param say - Told of the progress, a line at a time.
 * @throws {UsageError} It cannot be played, or replayed; one sentence per problem.
 */
export async function companionsOf(
  { play, replay }: CompanionOptions,
  environment: IRunEnvironment & { readonly cwd: string },
  say: (line: string) => void,
): Promise<Companions> {
  if (play.length > 0 && replay !== undefined) {
    throw new UsageError('Give --play or --replay, not both: each says what becomes of the orders.')
  }
  if (play.length > 0) return playing(play, environment, say)
  return replay === undefined ? { settings: {} } : replaying(replay, say)
}

async function playing(
  files: readonly string[],
  environment: IRunEnvironment & { readonly cwd: string },
  say: (line: string) => void,
): Promise<Companions> {
  const [{ loadPlay }, { playCompanion }] = await Promise.all([
    import('../play/load-play.ts'),
    import('./play-companion.ts'),
  ])
  const script = await loadPlay(files, environment)
  return { settings: {}, accompany: (venue) => playCompanion(script, venue, say) }
}

async function replaying(file: string, say: (line: string) => void): Promise<Companions> {
  const [{ readReplay }, { ReplayError }, { replayCompanion }] = await Promise.all([
    import('../../backends/replay/read-replay.ts'),
    import('../../backends/replay/replay-error.ts'),
    import('./replay-companion.ts'),
  ])
  try {
    const script = readReplay(textOf(file), file)
    for (const { what, why } of script.notReproduced) say(`Not reproduced: ${what}. ${why}`)
    return { settings: script.settings, accompany: (venue) => replayCompanion(script, venue) }
  } catch (error) {
    if (error instanceof ReplayError) throw new UsageError(error.message)
    throw error
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const isMissing = Object(error).code === 'ENOENT'
    throw new UsageError(
      `Failed to read --replay ${file}: ${isMissing ? 'there is no such file' : messageOf(error)}.`,
    )
  }
}
