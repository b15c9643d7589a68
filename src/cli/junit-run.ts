/** Where the suite begins, of whatever it holds. */
const SUITE = /(<testsuite\b[^>]*?)(\/?)>/

/**
 * Puts the run's id into what Cucumber writes for build servers, as a property of its suite.
 *
 * @param xml - Empty where Cucumber broke off; it stays so.
 */
export function junitOfRun(xml: string, id: string): string {
  const properties = `\n  <properties>\n    <property name="run" value="${id}"/>\n  </properties>`
  return xml.replace(
    SUITE,
    (_, suite: string, isEmpty: string) =>
      `${suite}>${properties}${isEmpty === '' ? '' : '\n</testsuite>'}`,
  )
}
