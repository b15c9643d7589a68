/** One piece of data in Allure's page: `d("data/attachments/….svg","base64")`. */
const DATA = /\bd\("([^"\\]+)","([A-Za-z0-9+/=]{64,})"\)/g

/**
 * Lets equal pieces of data stand in a page once: the diagrams of most orders are alike, and Allure
 * keeps one copy for each attachment, and one of the search index for each environment.
 */
export function withSharedData(page: string): string {
  const first = new Map<string, string>()
  return page.replaceAll(DATA, (whole, name: string, content: string) => {
    const holder = first.get(content)
    if (holder === undefined) {
      first.set(content, name)
      return whole
    }
    return `d("${name}",allureReportData["${holder}"])`
  })
}
