import { hash } from 'node:crypto'
import type { VenuesOptions } from '../venues.ts'
import { Recorder } from './recorder.ts'
import type { SavedOptions, SavedVenue } from './saved-venue.ts'
import { savedVenues } from './saved-venues.ts'
import { reasonOf } from './state-error.ts'
import { StateFile } from './state-file.ts'
import { StateWriter } from './state-writer.ts'

/** What a file goes with: whoever uses it again has to say the same. */
export type Beginning = Pick<VenuesOptions, 'seed' | 'settings' | 'time' | 'users'>

/**
 * Keeps the state of all organisations in a file. What changed is written in batches, one for each turn of
 * the event loop in which anything did, each a transaction.
 */
export class State {
  readonly #file: StateFile
  readonly #writer: StateWriter
  readonly #say: (sentence: string) => void
  readonly #live = new Map<string, Recorder>()
  readonly #changed = new Set<Recorder>()
  /** Numbers of organisations of which nothing is to be left. */
  readonly #removed = new Set<number>()
  #venues = 0
  #batch: PromiseWithResolvers<boolean> | undefined
  #isFailing = false
  #saved: readonly SavedVenue[]

  /**
   * @param path - Absolute; begun where it is not there.
   * @param say - Told, in a sentence, that it cannot be written to, and that it can again.
   * @throws {StateError} It cannot be had, holds something else, or goes with something else.
   */
  constructor(path: string, beginning: Beginning, say: (sentence: string) => void) {
    this.#file = new StateFile(path)
    this.#say = say
    try {
      this.#goWith(beginning)
      this.#writer = new StateWriter(this.#file)
      this.#saved = savedVenues(this.#file)
    } catch (error) {
      this.#file.close()
      throw this.#file.unusable(reasonOf(error))
    }
    this.#venues = Math.max(0, ...this.#saved.map(({ venue }) => venue))
  }

  /**
   * Has the organisations that were kept taken up, once.
   *
   * @throws {StateError} One of them cannot be.
   */
  takeUp(resume: (saved: SavedVenue) => void): void {
    for (const saved of this.#saved) {
      try {
        resume(saved)
      } catch (error) {
        const why = `what it has of ${saved.name} cannot be taken up: ${reasonOf(error)}`
        throw this.#file.unusable(why)
      }
    }
    this.#saved = []
  }

  /**
   * A recorder for an organisation that begins, or begins anew; for one that goes on where `saved` says.
   * Nothing of it is kept before `begin`.
   */
  recorder(name: string, options: SavedOptions, saved?: SavedVenue): Recorder {
    const venue = saved?.venue ?? ++this.#venues
    const isWritten = saved !== undefined
    return new Recorder({ venue, name, options, isWritten }, (recorder) => {
      if (this.#live.get(name) !== recorder) return
      this.#changed.add(recorder)
      this.#schedule()
    })
  }

  /** From now on this is what is kept of an organisation, in place of what was. */
  begin(recorder: Recorder, recorded: Parameters<Recorder['record']>[0]): void {
    this.forget(recorder.name)
    this.#live.set(recorder.name, recorder)
    recorder.record(recorded)
  }

  /** Forgets an organisation with all it has. */
  forget(name: string): void {
    const recorder = this.#live.get(name)
    if (!recorder) return
    this.#live.delete(name)
    this.#changed.delete(recorder)
    this.#removed.add(recorder.venue)
    this.#schedule()
  }

  /**
   * Where anything is not written yet: resolves once it is, to `true`, or to `false` where it could not be.
   * An answer that goes out before may tell of what a killed server has forgotten.
   */
  kept(): Promise<boolean> | undefined {
    if (this.#isAllWritten) return undefined
    return this.#schedule().promise
  }

  /** Where something could not be written: resolves once that was tried again, to whether it could. */
  recovered(): Promise<boolean> | undefined {
    return this.#isFailing ? this.kept() : undefined
  }

  /** Writes what is left, and gives the file free. @throws {StateError} It cannot be written. */
  close(): void {
    this.#write()
    this.#file.close()
    if (!this.#isAllWritten) throw this.#file.unusable('what happened last could not be written')
  }

  get #isAllWritten(): boolean {
    return this.#changed.size === 0 && this.#removed.size === 0
  }

  #schedule(): PromiseWithResolvers<boolean> {
    if (!this.#batch) {
      this.#batch = Promise.withResolvers<boolean>()
      setImmediate(() => this.#write())
    }
    return this.#batch
  }

  #write(): void {
    const batch = this.#batch
    this.#batch = undefined
    if (this.#isAllWritten) {
      batch?.resolve(true)
      return
    }
    try {
      this.#file.transaction(() => {
        for (const venue of this.#removed) this.#writer.remove(venue)
        for (const recorder of this.#changed) this.#writer.write(recorder)
      })
    } catch (error) {
      this.#fail(error)
      batch?.resolve(false)
      return
    }
    for (const recorder of this.#changed) recorder.clear()
    this.#changed.clear()
    this.#removed.clear()
    if (this.#isFailing) this.#say(`State is kept in ${this.#file.path} again.`)
    this.#isFailing = false
    batch?.resolve(true)
  }

  /** What could not be written stays noted, and is tried again with what comes next. */
  #fail(error: unknown): void {
    if (this.#isFailing) return
    this.#isFailing = true
    const { message } = this.#file.unusable(reasonOf(error))
    this.#say(`${message} Until it can, calls are answered with 503.`)
  }

  #goWith({ seed, settings, time, users }: Beginning): void {
    const facts = {
      '--seed': seed,
      '--clock': time === 'real' ? 'real' : 'virtual',
      'settings in --config': JSON.stringify(settings),
      // There are passwords in it.
      'users in --config': hash('sha256', JSON.stringify(users)),
    }
    const row = this.#file.prepare('SELECT value FROM beginning').get()
    if (!row) {
      const insert = this.#file.prepare('INSERT INTO beginning (value) VALUES (?)')
      insert.run(JSON.stringify(facts))
      return
    }
    const begun = JSON.parse(String(row.value)) as Record<string, unknown>
    const other = Object.entries(facts).find(([name, value]) => begun[name] !== value)
    if (!other) return
    const [name] = other
    const was = name.startsWith('--') ? ` (${JSON.stringify(begun[name])})` : ''
    throw new Error(`it was begun with other ${name}${was}; use the same, or another file`)
  }
}
