import type { Attachment } from 'allure-js-commons'
import type { Budget, Offer } from './caps.ts'
import { uuidOf } from './identity.ts'

/** One file of Allure's results, as `allure-cucumberjs` and its like would have written it. */
export interface AllureFile {
  readonly name: string
  readonly content: string
  /** SHA-256 of the content, in hex, where it is known: equal attachments stand in a page once. */
  readonly digest?: string
}

/** What is attached to one scenario, as far as the page has room for it. */
export class Attachments {
  readonly files: AllureFile[] = []
  /** What became of each that was to be attached. */
  readonly offers: Offer[] = []
  readonly #scenario: string
  readonly #budget: Budget

  /** @param scenario - What tells this scenario's attachments from those of all others. */
  constructor(scenario: string, budget: Budget) {
    this.#scenario = scenario
    this.#budget = budget
  }

  /** How many found no room. */
  get leftOut(): number {
    return this.offers.filter(({ isAdmitted }) => !isAdmitted).length
  }

  /** @returns The attachment, or nothing where the page is full. */
  attach(name: string, content: string, type: string, extension: string): Attachment[] {
    const offer = this.#budget.take(content)
    this.offers.push(offer)
    if (!offer.isAdmitted) return []
    const id = uuidOf(`${this.#scenario} ${this.files.length} ${name}`)
    const source = `${id}-attachment${extension}`
    this.files.push({ name: source, content, digest: offer.digest })
    return [{ name, type, source }]
  }

  text(name: string, content: string): Attachment[] {
    return this.attach(name, content, 'text/plain', '.txt')
  }

  svg(name: string, content: string): Attachment[] {
    return this.attach(name, content, 'image/svg+xml', '.svg')
  }
}
