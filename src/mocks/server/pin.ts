/** Where an address pins an organisation, and what its paths stand below. */
export interface Pin {
  readonly org: string
  readonly base: string
}
