/**
 * What the sections of the fact sheet were read on, below the documentation's root; the guides by
 * their names. Section 4.2 and the like have no page: they are inferred.
 */
const sourcePages: Readonly<Record<string, string>> = {
  '0': 'overview of the reference',
  '1.1': 'authentication-api/login',
  '1.2': 'authentication-api/login, guide Authentication',
  '1.3': 'overview of the reference, guide Authentication',
  '1.4': 'authentication-api/renewtoken',
  '1.5': 'overview of the reference',
  '2': 'overview of the reference',
  '2.1': 'market-data/getspotrate',
  '2.2': 'market-data/getspotratebytype, getspotratebytypeorg',
  '2.3': 'market-data/getmarketdataset',
  '2.4': 'orders/placeorder, guides Place an order (limit) and (previously quoted)',
  '2.5': 'orders/queryorderbyserverid',
  '2.6': 'orders/queryorderbyclientid (its introduction)',
  '2.7': 'no page',
  '2.8': 'stp-download/gettrades, guide Get trades',
  '2.9': 'stp-download/resend',
  '3': 'overview of the reference',
  '4.1': 'guides Trade ESP spot, Place an order (limit) and (previously quoted)',
  '4.2': 'no page',
  '4.3': 'guides Place an order (limit) and (previously quoted)',
  '5': 'guides Trade ESP spot, Place an order (limit), Place an order (previously quoted), Get trades',
}

/** The page, or pages, behind a section; `undefined` where there is no such section. */
export function pagesOf(section: string): string | undefined {
  return sourcePages[section]
}
