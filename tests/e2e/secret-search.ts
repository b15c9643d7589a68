/** Bytes of a secret's beginning that are looked up before it is compared whole. */
const PREFIX_BYTES = 3

/** Finds any of thousands of secrets in megabytes of text, in one pass. */
export class SecretSearch {
  readonly #byPrefix = new Map<number, string[]>()
  readonly #isPrefix = new Uint8Array(256 ** PREFIX_BYTES)

  /** @param secrets - ASCII, each of at least three characters. */
  constructor(secrets: Iterable<string>) {
    for (const secret of secrets) {
      const prefix = Buffer.from(secret).readUIntBE(0, PREFIX_BYTES)
      this.#isPrefix[prefix] = 1
      this.#byPrefix.set(prefix, [...(this.#byPrefix.get(prefix) ?? []), secret])
    }
  }

  /** The first secret that stands in the text. */
  find(text: string): string | undefined {
    const bytes = Buffer.from(text)
    let prefix = 0
    for (let at = 0; at < bytes.length; at++) {
      prefix = ((prefix << 8) | (bytes[at] ?? 0)) & 0xffffff
      if (this.#isPrefix[prefix] === 0) continue
      const start = at - PREFIX_BYTES + 1
      const found = this.#byPrefix
        .get(prefix)
        ?.find((secret) => bytes.toString('latin1', start, start + secret.length) === secret)
      if (found !== undefined) return found
    }
    return undefined
  }
}
