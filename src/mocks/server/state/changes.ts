/** What changed in one table since it was last written; of each row the last word counts. */
export class Changes {
  readonly #written = new Map<string, () => unknown>()
  readonly #deleted = new Set<string>()

  /** @param record - Makes the record, as plain JSON, when it is about to be written. */
  write(id: string, record: () => unknown): void {
    this.#written.set(id, record)
  }

  delete(id: string): void {
    this.#written.delete(id)
    this.#deleted.add(id)
  }

  /** To be deleted before anything is written: what was forgotten may have come anew. */
  get deleted(): Iterable<string> {
    return this.#deleted
  }

  get written(): Iterable<readonly [id: string, record: () => unknown]> {
    return this.#written
  }

  clear(): void {
    this.#written.clear()
    this.#deleted.clear()
  }
}
