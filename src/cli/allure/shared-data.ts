/** Where the data of Allure's page begin, one after another: `d("data/attachments/….svg","base64")`. */
const BEGINNING = 'Promise.allSettled(['
const NAME = /^[\w./-]+$/
const BASE64 = /^[A-Za-z0-9+/=]*$/
/** Shorter contents are not worth a reference. */
const WORTH_SHARING = 64

/** A page in three pieces, of which the middle one is its data. */
export interface DataParts {
  readonly before: string
  readonly data: string
  readonly after: string
}

/**
 * Takes the data out of Allure's page, which are most of it, and lets equal ones stand in it once: the diagrams of most
 * orders are alike, and Allure keeps one copy for each attachment, and one of the search index for each environment.
 *
 * @returns Data that are names and base64, and nothing else.
 */
export function sharedData(page: string): DataParts {
  const found = page.indexOf(BEGINNING)
  const begin = found === -1 ? page.length : found + BEGINNING.length
  const first = new Map<string, string>()
  const data: string[] = []
  let end = begin
  for (let one = dataAt(page, begin); one; one = dataAt(page, end + 1)) {
    const { name, content } = one
    const holder = content.length < WORTH_SHARING ? undefined : first.get(content)
    if (holder === undefined) first.set(content, name)
    data.push(
      holder === undefined
        ? `d("${name}","${content}")`
        : `d("${name}",allureReportData["${holder}"])`,
    )
    end = one.end
    if (page[end] !== ',') break
  }
  return { before: page.slice(0, begin), data: data.join(), after: page.slice(end) }
}

interface Data {
  readonly name: string
  readonly content: string
  /** Where it ends in the page. */
  readonly end: number
}

/** Looks for the quotes: an expression for all of it takes many times longer over a page of 50 MB. */
function dataAt(page: string, at: number): Data | undefined {
  if (!page.startsWith('d("', at)) return undefined
  const nameEnd = page.indexOf('","', at)
  const contentEnd = page.indexOf('")', nameEnd)
  if (nameEnd === -1 || contentEnd === -1) return undefined
  const name = page.slice(at + 3, nameEnd)
  const content = page.slice(nameEnd + 3, contentEnd)
  return NAME.test(name) && BASE64.test(content)
    ? { name, content, end: contentEnd + 2 }
    : undefined
}
