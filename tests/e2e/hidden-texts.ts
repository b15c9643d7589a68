/**
 * Every text that a file holds, also where a browser would have to unpack it first: base64, percent-,
 * HTML- and JSON-escaped, and one inside the other.
 */
export function hiddenTexts(text: string): readonly string[] {
  const texts = new Set([text])
  for (const found of texts) {
    for (const unpack of [base64Texts, percentDecoded, htmlUnescaped, jsonUnescaped]) {
      for (const inner of unpack(found)) if (inner.length > 20) texts.add(inner)
    }
    if (texts.size > 20_000) throw new Error('Failed to unpack: too many texts inside one another.')
  }
  return [...texts]
}

/** Long runs of base64 that decode to text. */
function base64Texts(text: string): string[] {
  return [...text.matchAll(/[A-Za-z0-9+/_-]{40,}={0,2}/g)]
    .map(([run]) => Buffer.from(run, 'base64').toString('utf8'))
    .filter((decoded) => isText(decoded))
}

function isText(decoded: string): boolean {
  const sample = decoded.slice(0, 400)
  return (sample.match(/[\x20-\x7e\s]/g)?.length ?? 0) > 0.9 * sample.length
}

function percentDecoded(text: string): string[] {
  if (!/%[0-9a-f]{2}/i.test(text)) return []
  return [
    text.replaceAll(/(?:%[0-9a-f]{2})+/gi, (run) =>
      Buffer.from(run.replaceAll('%', ''), 'hex').toString(),
    ),
  ]
}

function htmlUnescaped(text: string): string[] {
  if (!/&(?:#x?[0-9a-f]+|amp|lt|gt|quot|apos);/i.test(text)) return []
  const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
  return [
    text.replaceAll(
      /&(?:#x([0-9a-f]+)|#(\d+)|(amp|lt|gt|quot|apos));/gi,
      (_all, hex, decimal, name) =>
        name
          ? (named[String(name).toLowerCase()] ?? '')
          : String.fromCodePoint(hex ? Number.parseInt(hex, 16) : Number(decimal)),
    ),
  ]
}

function jsonUnescaped(text: string): string[] {
  if (!/\\(?:u[0-9a-f]{4}|["\\/])/i.test(text)) return []
  return [
    text.replaceAll(/\\(?:u([0-9a-f]{4})|(["\\/]))/gi, (_all, hex, plain) =>
      plain ? String(plain) : String.fromCharCode(Number.parseInt(hex, 16)),
    ),
  ]
}
