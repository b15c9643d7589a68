import type { Message } from './cucumber-message.ts'

/**
 * Empties an attachment once everybody has seen it. Cucumber keeps every message until the end of a run, and
 * attachments are almost all of their bulk: of very many scenarios they would not fit into memory.
 *
 * @param message - Handed round at this moment; nobody may read the body of its attachment later.
 */
export function emptyAttachment({ attachment }: Message): void {
  if (attachment) queueMicrotask(() => Object.assign(attachment, { body: '' }))
}
