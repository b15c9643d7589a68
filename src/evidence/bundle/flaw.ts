/** What somebody has done to a bundle, or what befell it. */
export type FlawKind = 'missing' | 'added' | 'truncated' | 'altered'

/** One thing that is wrong with a bundle. */
export interface Flaw {
  readonly kind: FlawKind
  /** Name of the file in the bundle. */
  readonly file: string
  /** Of a chain: the number of the record; absent where it is about the whole file. */
  readonly record?: number | undefined
  /** One clause, e.g. `its SHA-256 is not the one that record 8 carries`. */
  readonly detail: string
}
