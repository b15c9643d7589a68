import type { CatalogueEntry } from '../../evidence/rules/catalogue.ts'
import { pagesOf } from '../../evidence/rules/source-pages.ts'

/** Where a rule was read: the page or guide of the documentation; for an inferred one there may be none. */
export function pageOf({ source }: CatalogueEntry): string {
  return pagesOf(source.section) ?? 'no page'
}

/** e.g. `4.1 seed`: the section of the fact sheet, and how sure it is. */
export function sectionOf({ source }: CatalogueEntry): string {
  return `${source.section} ${source.mark}`
}
