import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { FEATURES_FOLDER, featureFile } from '../../evidence/bundle/bundle-files.ts'
import type { FeatureText } from '../../evidence/bundle/digests.ts'
import { sha256 } from '../../evidence/bundle/sha256.ts'
import { byText } from '../../evidence/by-text.ts'

/** SHA-256 of files, in hex, by name. */
type Digests = Readonly<Record<string, string>>

/** Names of the files that are not the same in both, or in one alone. */
export function fileDifferences(one: Digests, other: Digests): readonly string[] {
  const names = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...names].filter((name) => one[name] !== other[name]).toSorted(byText)
}

/** The features as a folder of evidence keeps them. */
export function featuresIn(folder: string): Digests {
  const files = readdirSync(join(folder, FEATURES_FOLDER), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
  return Object.fromEntries(
    files.map((file) => [relative(folder, file).replaceAll(sep, '/'), sha256(readFileSync(file))]),
  )
}

/** The features as read, by the names that they would have there. */
export function featuresOf(features: readonly FeatureText[]): Digests {
  return Object.fromEntries(features.map(({ uri, text }) => [featureFile(uri), sha256(text)]))
}
