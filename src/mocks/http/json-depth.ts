/** Levels of objects and lists within each other: no body that is documented has more than four. */
const DEEPEST = 32

const QUOTE = 0x22
const BACKSLASH = 0x5c

/**
 * Whether a JSON text nests deeper than anything that is meant seriously: whoever walks through such a
 * value by recursion would run out of stack.
 */
export function isTooDeep(json: string): boolean {
  return openers(json) > DEEPEST && deepest(json) > DEEPEST
}

/** How many there are, counted to one above the bound: bodies have few, and are done here. */
function openers(json: string): number {
  let count = 0
  for (const opener of '{[') {
    for (let at = json.indexOf(opener); at >= 0; at = json.indexOf(opener, at + 1)) {
      if (++count > DEEPEST) return count
    }
  }
  return count
}

/** How deep it gets, counted to one above the bound. What stands in texts does not count. */
function deepest(json: string): number {
  let depth = 0
  let isText = false
  let most = 0
  for (let at = 0; at < json.length && most <= DEEPEST; at++) {
    const code = json.charCodeAt(at)
    if (code === QUOTE) isText = !isText
    else if (isText) at += code === BACKSLASH ? 1 : 0
    else depth += step(code)
    most = Math.max(most, depth)
  }
  return most
}

/** `[` and `{` go down, `]` and `}` up. */
function step(code: number): -1 | 0 | 1 {
  if (code === 0x5b || code === 0x7b) return 1
  return code === 0x5d || code === 0x7d ? -1 : 0
}
