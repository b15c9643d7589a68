import { sha256 } from '../../evidence/bundle/sha256.ts'

/**
 * Longest text in one attachment, and longest body in one exchange, in characters. Allure lays out what
 * it shows: more than this makes a browser wait, and is read by nobody.
 */
const MAX_ATTACHMENT_LENGTH = 65_536

/**
 * Most that the attachments of one run may add to a page, in bytes; equal ones count once. A page is one
 * file, base64 makes it a third larger, and a browser holds it in memory several times over.
 */
export const MAX_PAGE_BYTES = 33_554_432

/** Most scenarios that one page holds whole: with more of them, browsers take minutes to open it, or never do. */
export const MAX_PAGE_SCENARIOS = 1_000

/** How many scenarios a page holds of a run that has more than `MAX_PAGE_SCENARIOS`, where fewer of them failed. */
export const SCENARIOS_OF_VERY_MANY = 100

/**
 * How many scenarios of a run stand on its page: all, or of very many a selection. What failed is never passed over for
 * being much, up to what a page can hold.
 */
export function pageRoom(scenarios: number, failed: number): number {
  if (scenarios <= MAX_PAGE_SCENARIOS) return scenarios
  return Math.min(MAX_PAGE_SCENARIOS, Math.max(SCENARIOS_OF_VERY_MANY, failed))
}

/** Where everything stands that a page leaves out. */
export const WHOLE = 'evidence/transcript.ndjson'

/** What evidence that was cut says of itself. */
const CUT_BEFORE = /\n… \[cut here: the first \d+ of (\d+) characters are shown\]$/

/** A text as it is shown. */
export interface Shown {
  readonly text: string
  /** How long the whole is, in characters; absent where this is the whole. */
  readonly cutFrom?: number
}

/** Cuts what is too long, and says so where it ends. */
export function shown(whole: string, limit = MAX_ATTACHMENT_LENGTH): Shown {
  const before = CUT_BEFORE.exec(whole)
  if (whole.length <= limit) {
    return { text: whole, ...(before && { cutFrom: Number(before[1]) }) }
  }
  const cutFrom = before ? Number(before[1]) : whole.length
  const kept = whole.slice(0, limit)
  const note = `… [cut here: the first ${kept.length} of ${cutFrom} characters are shown; the whole stands in ${WHOLE}]`
  return { text: `${kept}\n${note}`, cutFrom }
}

/** A content that was offered to a budget, and what became of it. */
export interface Offer {
  readonly digest: string
  /** In bytes. */
  readonly size: number
  readonly isAdmitted: boolean
}

/** What the attachments of a run may still add to its page. */
export class Budget {
  #left: number
  /** Digests of contents. */
  readonly #seen = new Set<string>()

  constructor(bytes = MAX_PAGE_BYTES) {
    this.#left = bytes
  }

  /** Whether a content still fits; if so, it is taken to be there from now on. */
  take(content: string): Offer {
    const offered = { digest: sha256(content), size: Buffer.byteLength(content) }
    return { ...offered, isAdmitted: this.#admit(offered) }
  }

  /** Takes contents again that were offered to another budget, if the same would become of each; else none of them. */
  retake(offers: readonly Offer[]): boolean {
    const trial = new Budget(this.#left)
    const isSame = offers.every(
      (offer) => offer.isAdmitted === (this.#seen.has(offer.digest) || trial.#admit(offer)),
    )
    if (isSame) for (const offer of offers) this.#admit(offer)
    return isSame
  }

  #admit({ digest, size }: Pick<Offer, 'digest' | 'size'>): boolean {
    if (this.#seen.has(digest)) return true
    if (size > this.#left) return false
    this.#left -= size
    this.#seen.add(digest)
    return true
  }
}
