import type { CatalogueEntry } from './catalogue.ts'

const REFERENCE = 'https://docs.fxinside.net/openapi/integral-api-reference/rest'
const GUIDES = 'https://docs.fxinside.net/developer-portal/tutorials'

/**
 * The page of Integral's documentation on which to look a section of the fact sheet up, the first where
 * there are several. Sections that were deduced have the page that comes nearest.
 */
const PAGES: Readonly<Record<string, string>> = {
  '1.1': `${REFERENCE}/authentication-api/login`,
  '1.2': `${REFERENCE}/authentication-api/login`,
  '1.3': `${GUIDES}/tutorialauth`,
  '1.4': `${REFERENCE}/authentication-api/renewtoken`,
  '2': `${REFERENCE}/market-data`,
  '2.1': `${REFERENCE}/market-data/getspotrate`,
  '2.2': `${REFERENCE}/market-data/getspotratebytype`,
  '2.3': `${REFERENCE}/market-data/getmarketdataset`,
  '2.4': `${REFERENCE}/orders/placeorder`,
  '2.5': `${REFERENCE}/orders/queryorderbyserverid`,
  '2.6': `${REFERENCE}/orders/queryorderbyclientid`,
  '2.7': `${REFERENCE}/orders`,
  '2.8': `${REFERENCE}/stp-download/gettrades`,
  '2.9': `${REFERENCE}/stp-download/resend`,
  '5': `${GUIDES}/tutorialwkflwtradespot`,
}

/** Where a reader looks a rule up; the overview of the reference where it stands on no page of its own. */
export function documentationOf({ family, source }: CatalogueEntry): string {
  if (source.section.startsWith('4')) {
    return `${GUIDES}/${family === 'PQ lifecycle' ? 'tutorialplaceorderpq' : 'tutorialplaceorderlimit'}`
  }
  return PAGES[source.section] ?? REFERENCE
}
