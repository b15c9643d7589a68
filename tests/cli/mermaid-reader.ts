/** A state diagram as it was read from Mermaid. */
export interface ReadDiagram {
  readonly type: string
  /** Arrows as `from -> to : label`; where the diagram begins or ends is `[*]`. */
  readonly arrows: readonly string[]
  /** Every state, once; the beginning and the end both as `[*]`. */
  readonly states: readonly string[]
}

/** Directions, and what a state is called. */
const OTHERS = /^ {2}(?:direction LR|\w+ : \S.*)$/
const ARROW = /^ {2,4}(\[\*\]|\w+) --> (\[\*\]|\w+)(?: : (\S.*))?$/

/**
 * Reads as much of Mermaid's state diagrams as our texts use, and refuses everything else. What it takes
 * was held against Mermaid 12.3.0, which is too large to install beside the tests.
 *
 * @throws {SyntaxError} A line that is none of these.
 */
export function readMermaid(text: string): ReadDiagram {
  const [type = '', ...lines] = text.trimEnd().split('\n')
  const arrows = lines
    .filter((line) => !OTHERS.test(line))
    .map((line) => {
      const [, from, to, label] = ARROW.exec(line) ?? []
      if (from === undefined || to === undefined) throw new SyntaxError(`No arrow: ${line}`)
      return { from, to, label }
    })
  const ends = [
    ...(arrows.some(({ from }) => from === '[*]') ? ['[*]'] : []),
    ...(arrows.some(({ to }) => to === '[*]') ? ['[*]'] : []),
  ]
  const named = new Set(arrows.flatMap(({ from, to }) => [from, to]))
  named.delete('[*]')
  return {
    type,
    arrows: arrows.map(({ from, to, label }) =>
      [`${from} -> ${to}`, ...(label === undefined ? [] : [label])].join(' : '),
    ),
    states: [...ends, ...named],
  }
}
