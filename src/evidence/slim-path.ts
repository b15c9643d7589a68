/** A path of Graphviz: absolute, of curves alone. */
const CURVES = /^M([-\d.]+,[-\d.]+)C((?:[-\d.]+,[-\d.]+ ?)+)$/
/** A tenth of a point is finer than a line is thick. */
const FINER = /(\.\d)\d+/g

/**
 * The same line in fewer characters: Graphviz draws straight lines, of which the frames of states are made, as curves
 * with both handles on their ends, and tells hundredths of a point.
 *
 * @param d - As in the attribute of that name.
 */
export function slimPath(d: string): string {
  const [, begin = '', rest = ''] = CURVES.exec(d) ?? []
  if (begin === '') return d.replaceAll(FINER, '$1')
  const points = rest.trim().split(' ')
  let at = begin
  let drawn = `M${begin}`
  for (let index = 0; index + 2 < points.length; index += 3) {
    const [first = '', second = '', end = ''] = points.slice(index, index + 3)
    drawn += first === at && second === end ? `L${end}` : `C${first} ${second} ${end}`
    at = end
  }
  return drawn.replaceAll(FINER, '$1')
}
