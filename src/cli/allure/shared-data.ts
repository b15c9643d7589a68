import { createHash } from 'node:crypto'
import { parse } from 'node:path'

/** Where the data of Allure's page begin, one after another: `d("data/attachments/….svg","base64")`. */
const BEGINNING = 'Promise.allSettled(['
const NAME = /^[\w./-]+$/
const BASE64 = /^[A-Za-z0-9+/=]*$/
/** From this length on, in characters, a content is held against all others; of attachments it is known which are equal. */
const LARGE = 65_536
/** Of a file that is not written twice. */
const SAME_AS = 'the same as the file '
const SAME_IN_BASE64 = Buffer.from(SAME_AS).toString('base64')

/** A page in three pieces, of which the middle one is its data. */
export interface DataParts {
  readonly before: string
  readonly data: string
  readonly after: string
}

/** What stands for a file whose content another one has, until `sharedData` looks. */
export function sameAs(file: string): string {
  return SAME_AS + file
}

/**
 * Takes the data out of Allure's page, which are most of it. What is said to be the same as a file's refers to that one:
 * the diagrams of most orders are alike, and Allure wants one copy for each attachment. So do large data that are equal,
 * such as the search index of each environment.
 *
 * @returns Data that are names and base64, and nothing else.
 * @throws {Error} There is no such file: Allure has changed, and this must be looked at.
 */
export function sharedData(page: string): DataParts {
  const found = page.indexOf(BEGINNING)
  const begin = found === -1 ? page.length : found + BEGINNING.length
  const all: Data[] = []
  let end = begin
  for (let one = dataAt(page, begin); one; one = dataAt(page, end + 1)) {
    all.push(one)
    end = one.end
    if (page[end] !== ',') break
  }
  const names = new Map(all.map(({ name }) => [parse(name).name, name]))
  const [own, shared] = [all.filter((one) => !isShared(one)), all.filter(isShared)]
  // A reference finds what was declared before it.
  const data = [...withoutCopies(own), ...shared.map((one) => reference(one, names))]
  return { before: page.slice(0, begin), data: data.join(), after: page.slice(end) }
}

interface Data {
  readonly name: string
  readonly content: string
  /** The whole of it. */
  readonly text: string
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
  const end = contentEnd + 2
  return NAME.test(name) && BASE64.test(content)
    ? { name, content, text: page.slice(at, end), end }
    : undefined
}

function isShared({ content }: Data): boolean {
  return content.startsWith(SAME_IN_BASE64)
}

function withoutCopies(data: readonly Data[]): string[] {
  const first = new Map<string, string>()
  return data.map(({ name, content, text }) => {
    const holder = content.length < LARGE ? undefined : first.get(content)
    if (content.length >= LARGE && holder === undefined) first.set(content, name)
    return holder === undefined ? text : referring(name, holder)
  })
}

/** Allure calls the data of a file by the MD5 of its name. */
function reference({ name, content }: Data, names: ReadonlyMap<string, string>): string {
  const file = Buffer.from(content, 'base64').toString().slice(SAME_AS.length)
  const holder = names.get(createHash('md5').update(file).digest('hex'))
  if (holder === undefined) throw new Error(`The page has no data of ${file}`)
  return referring(name, holder)
}

function referring(name: string, holder: string): string {
  return `d("${name}",allureReportData["${holder}"])`
}
