import { createReadStream } from 'node:fs'

/** A line of a file, without its line feed. */
export interface StreamLine {
  /** In bytes from the beginning of the file. */
  readonly offset: number
  readonly length: number
  readonly text: string
}

/** The lines of a file one by one; what comes behind the last line feed is none. */
export async function* linesOf(file: string): AsyncGenerator<StreamLine> {
  let rest: Buffer[] = []
  let offset = 0
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
    let begin = 0
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, begin)) {
      const line = Buffer.concat([...rest, chunk.subarray(begin, end)])
      yield { offset, length: line.length, text: line.toString() }
      offset += line.length + 1
      begin = end + 1
      rest = []
    }
    if (begin < chunk.length) rest.push(chunk.subarray(begin))
  }
}
