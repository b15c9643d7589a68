/** What a check of a run's evidence bundle came to, as far as a certificate tells it. */
export interface EvidenceCheck {
  /** What is missing, added, truncated or altered, one sentence each; empty where it is intact. */
  readonly problems: readonly string[]
  /** SHA-256 of the manifest in hex: it stands for every byte of the evidence. Absent where there is none. */
  readonly manifestSha256?: string
  /** Whether and by which key it is signed, in words. */
  readonly signature: string
}
