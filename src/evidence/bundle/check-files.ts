import { BUNDLE_FILES } from './bundle-files.ts'
import type { Flaw } from './flaw.ts'
import { sha256 } from './sha256.ts'
import type { BundleContent, Subject } from './statement.ts'

/** What is not there, too much, or not as long or not the same as the manifest says. */
export function fileFlaws(files: BundleContent, subjects: readonly Subject[]): readonly Flaw[] {
  const known = new Map(subjects.map((subject) => [subject.name, subject]))
  return [
    ...subjects.flatMap((subject) => flawsOf(subject, files, subjects)),
    ...[...files]
      .filter(([name]) => !known.has(name))
      .map(([name, bytes]): Flaw => {
        const twin = sameAs(bytes, subjects)
        const more = twin === undefined ? '' : `, and holds what ${twin} held`
        return { kind: 'added', file: name, detail: `the manifest does not name it${more}` }
      }),
  ]
}

function flawsOf(subject: Subject, files: BundleContent, subjects: readonly Subject[]): Flaw[] {
  const { name, digest, annotations } = subject
  const bytes = files.get(name)
  if (!bytes) {
    const detail = `the manifest of ${BUNDLE_FILES.manifest} names it`
    return [{ kind: 'missing', file: name, detail }]
  }
  if (sha256(bytes) === digest.sha256 && bytes.length === annotations.length) return []
  const twin = sameAs(bytes, subjects)
  if (twin !== undefined) {
    return [{ kind: 'altered', file: name, detail: `it holds what ${twin} held` }]
  }
  const { length } = annotations
  return [
    bytes.length < length
      ? {
          kind: 'truncated',
          file: name,
          detail: `it has ${bytes.length} bytes instead of ${length}`,
        }
      : {
          kind: 'altered',
          file: name,
          detail:
            bytes.length === length
              ? 'its SHA-256 is another'
              : `it has ${bytes.length} bytes instead of ${length}`,
        },
  ]
}

function sameAs(bytes: Uint8Array, subjects: readonly Subject[]): string | undefined {
  const own = sha256(bytes)
  return subjects.find(({ digest }) => digest.sha256 === own)?.name
}
