import { closeSync, fsyncSync, futimesSync, openSync, readFileSync, writeSync } from 'node:fs'
import { z } from 'zod'

/** A login, as a journal names it. */
export interface JournalAccount {
  readonly user: string
  readonly org: string
}

/** Whose an order is, and where: it can be cancelled with the same login only. */
export interface JournalOwner extends JournalAccount {
  readonly baseUrl: string
}

const accountSchema = z.object({ user: z.string(), org: z.string() })

const runSchema = z.object({
  kind: z.literal('run'),
  /** Its id; runs of old had none. */
  run: z.string().optional(),
  at: z.string(),
  pid: z.int(),
  /** The first of the run's logins. */
  owner: accountSchema.extend({ baseUrl: z.string() }),
})
const placingSchema = z.object({
  kind: z.literal('placing'),
  order: z.int(),
  at: z.string(),
  scenario: z.string(),
  coId: z.string().optional(),
  /** Whose it is, where the run had several logins. */
  account: accountSchema.optional(),
  /** What tells the order from others where it has no client id. */
  sent: z.record(z.string(), z.unknown()),
})
const placedSchema = z.object({
  kind: z.literal('placed'),
  order: z.int(),
  orderId: z.string(),
})
const endedSchema = z.object({ kind: z.literal('ended'), order: z.int(), how: z.string() })
const finishedSchema = z.object({ kind: z.literal('finished'), at: z.string() })

const entrySchema = z.discriminatedUnion('kind', [
  runSchema,
  placingSchema,
  placedSchema,
  endedSchema,
  finishedSchema,
])
type JournalEntry = z.infer<typeof entrySchema>

/** An order that a journal has no end of. */
export interface OpenEntry extends Omit<z.infer<typeof placingSchema>, 'kind' | 'at' | 'account'> {
  readonly orderId?: string
  /** Absent where no run has said who it is. */
  readonly owner?: JournalOwner
}

/** What a journal says. */
export interface JournalState {
  readonly owner?: JournalOwner
  /** The process whose run has not said that it is finished. */
  readonly unfinishedBy?: number
  readonly open: readonly OpenEntry[]
  /** The highest number given to an order. */
  readonly last: number
}

/** Reads a journal; no file is an empty one, and a torn last line is what a killed run leaves. */
export function readJournal(file: string): JournalState {
  const entries = entriesOf(file)
  const open = new Map<number, OpenEntry>()
  let run: z.infer<typeof runSchema> | undefined
  let isFinished = true
  let last = 0
  for (const entry of entries) {
    if (entry.kind === 'run') {
      run = entry
      isFinished = false
    } else if (entry.kind === 'finished') {
      isFinished = true
    } else if (entry.kind === 'placing') {
      open.set(entry.order, openedBy(run?.owner, entry))
      last = Math.max(last, entry.order)
    } else if (entry.kind === 'placed') {
      const placing = open.get(entry.order)
      if (placing) open.set(entry.order, { ...placing, orderId: entry.orderId })
    } else {
      open.delete(entry.order)
    }
  }
  return {
    ...(run && { owner: run.owner }),
    ...(run && !isFinished && { unfinishedBy: run.pid }),
    open: [...open.values()],
    last,
  }
}

/** How many orders runs have placed, or tried to, by what a journal says. @param runs - Their ids. */
export function placedIn(file: string, runs: ReadonlySet<string>): number {
  const orders = new Set<number>()
  let isMeant = false
  for (const entry of entriesOf(file)) {
    if (entry.kind === 'run') isMeant = entry.run !== undefined && runs.has(entry.run)
    // An order that works again, though it had ended, is written down once more.
    else if (entry.kind === 'placing' && isMeant) orders.add(entry.order)
  }
  return orders.size
}

function entriesOf(file: string): JournalEntry[] {
  return linesOf(file).flatMap((line): JournalEntry[] => {
    const entry = entrySchema.safeParse(parse(line))
    return entry.success ? [entry.data] : []
  })
}

function openedBy(
  owner: JournalOwner | undefined,
  { kind: _kind, at: _at, account, ...rest }: z.infer<typeof placingSchema>,
): OpenEntry {
  return { ...rest, ...(owner && { owner: { ...owner, ...account } }) }
}

function linesOf(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

/**
 * Writes down every order before it is placed, so that whatever becomes of this process, the next one
 * knows what may be working. Each line is on the disk before the caller goes on.
 */
export class Journal {
  readonly #file: number
  #isClosed = false

  /** @param file - Appended to; made where there is none. */
  constructor(file: string) {
    this.#file = openSync(file, 'a')
    // A run that was killed may have left half a line.
    if (linesOf(file).at(-1) !== '') writeSync(this.#file, '\n')
  }

  /** @throws {Error} It is closed: by then the number of its file may be another file's. */
  write(entry: JournalEntry): void {
    if (this.#isClosed) throw new Error('The journal is closed.')
    writeSync(this.#file, `${JSON.stringify(entry)}\n`)
    fsyncSync(this.#file)
  }

  /** Shows that the run is at work. */
  touch(): void {
    const now = new Date()
    futimesSync(this.#file, now, now)
  }

  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    closeSync(this.#file)
  }
}
