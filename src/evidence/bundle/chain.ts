import { z } from 'zod'

/** What the first line of a chain says. */
const headSchema = z.object({ chain: z.string(), format: z.string(), run: z.string() })
/** What the last line says. */
const endSchema = z.object({ end: z.string(), records: z.int() })

const linkSchema = z.looseObject({ record: z.int().positive(), previous: z.string().optional() })

/** One line of a chain. */
export interface ChainLine {
  /** From 1, as they stand in the file. */
  readonly at: number
  readonly text: string
  /** What it says; absent where it is no line of a chain. */
  readonly content?: z.infer<typeof linkSchema> | undefined
}

/** A chain as it is read, whether or not it is whole. */
export interface Chain {
  readonly lines: readonly ChainLine[]
  readonly head?: z.infer<typeof headSchema> | undefined
  /** Absent where the run was broken off. */
  readonly end?: z.infer<typeof endSchema> | undefined
  /** Whether the last line was cut off while it was written: it is left out. */
  readonly isTorn: boolean
}

/** Reads a chain, and believes everything it says. */
export function readChain(text: string): Chain {
  const parts = text.split('\n')
  const torn = parts.pop() ?? ''
  const lines = parts.map((line, index) => ({ at: index + 1, text: line, content: linkIn(line) }))
  return {
    lines,
    head: headSchema.safeParse(lines[0]?.content).data,
    end: endSchema.safeParse(lines.at(-1)?.content).data,
    isTorn: torn !== '',
  }
}

/** What lies between the first line and the last. */
export function recordsOf({ lines, head, end }: Chain): readonly ChainLine[] {
  return lines.slice(head ? 1 : 0, end ? -1 : undefined)
}

function linkIn(text: string): ChainLine['content'] {
  try {
    return linkSchema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
