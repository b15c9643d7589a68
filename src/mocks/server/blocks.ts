/** Bytes of a block that is handed on. */
export const BLOCK_BYTES: number = 64 * 1024

/** Bytes outside the heap, and how many hold on to them. */
export interface Block {
  readonly buffer: Buffer
  holders: number
}

/**
 * Hands on blocks that nobody holds any more. Without it, every journal that forgets as much as it notes
 * would have V8 collect the whole heap again and again, for the sake of bytes that lie outside of it.
 */
export class Blocks {
  readonly #most: number
  readonly #free: Block[] = []

  /** @param most - Blocks that are kept while nobody holds them. */
  constructor(most: number) {
    this.#most = most
  }

  /** A block of at least so many bytes, held once. What is in it is nobody's business. */
  take(bytes: number): Block {
    const free = bytes === BLOCK_BYTES ? this.#free.pop() : undefined
    // Never of the pool that Node shares: that would keep what others have in it.
    const block = free ?? { buffer: Buffer.allocUnsafeSlow(bytes), holders: 0 }
    block.holders = 1
    return block
  }

  /** One holder less. */
  release(block: Block): void {
    block.holders--
    if (block.holders > 0 || block.buffer.length !== BLOCK_BYTES) return
    if (this.#free.length < this.#most) this.#free.push(block)
  }
}
