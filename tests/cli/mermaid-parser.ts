import { parseHTML } from 'linkedom'

/** A state diagram as Mermaid itself has read it. */
export interface ReadDiagram {
  readonly type: string
  /** Arrows as `from -> to : label`; where the diagram begins or ends is `[*]`. */
  readonly arrows: readonly string[]
  readonly states: readonly string[]
}

interface StateDiagramDb {
  getRelations(): readonly {
    readonly id1: string
    readonly id2: string
    readonly relationTitle?: string
  }[]
  getStates(): ReadonlyMap<string, unknown>
}

/** Mermaid cleans labels with the help of a browser's document, which it looks for when it is loaded. */
async function load() {
  const { window } = parseHTML('<!doctype html><html><body></body></html>')
  Object.assign(globalThis, { window })
  const { default: mermaid } = await import('mermaid')
  return mermaid
}

let loaded: ReturnType<typeof load> | undefined

/** @throws {Error} Mermaid cannot read it. */
export async function readMermaid(text: string): Promise<ReadDiagram> {
  loaded ??= load()
  const mermaid = await loaded
  await mermaid.parse(text)
  const { type, db } = await mermaid.mermaidAPI.getDiagramFromText(text)
  const { getRelations, getStates } = db as unknown as StateDiagramDb
  const named = (id: string) => (/^root_(start|end)$/.test(id) ? '[*]' : id)
  return {
    type,
    arrows: getRelations
      .call(db)
      .map(({ id1, id2, relationTitle = '' }) =>
        [`${named(id1)} -> ${named(id2)}`, relationTitle].filter(Boolean).join(' : '),
      ),
    states: [...getStates.call(db).keys()].map(named),
  }
}
