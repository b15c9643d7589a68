import { describe, it } from 'node:test'
import { assert } from 'chai'
import fc from 'fast-check'
import { parseClientQueryPath } from '../../src/api/contract/client-query-path.ts'
import { DEFAULT_CLIENT_QUERY_PATH } from '../../src/api/contract/client-query-template.ts'

const at = (pathAndQuery: string) => new URL(pathAndQuery, 'http://integral.test')

const word = fc.stringMatching(/^[a-z][\w-]{0,5}$/)
const path = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => `/${words.join('/')}`)
const fixed = fc.uniqueArray(fc.tuple(word, word), { maxLength: 2, selector: ([name]) => name })

/** Templates of both forms, with parameters before and after, and segments before and after. */
const template = fc.oneof(
  fc.record({ path, fixed, place: fc.nat(2) }).map(({ path, fixed, place }) => {
    const parameters = fixed.map(([name, value]) => `${name}=${value}`)
    return `${path}?${parameters.toSpliced(place, 0, 'the.id={coId}').join('&')}`
  }),
  fc.record({ before: path, after: fc.constantFrom('', '/status'), fixed }).map((parts) => {
    const query = parts.fixed.map(([name, value]) => `${name}=${value}`).join('&')
    return `${parts.before}/{coId}${parts.after}${query && `?${query}`}`
  }),
)
const coId = fc
  .oneof(fc.string({ minLength: 1, unit: 'binary' }), fc.stringMatching(/^[%/?#&=+. ;{}$\\]{1,9}$/))
  .filter((id) => id !== '.' && id !== '..')

describe('The path of the query by client id', () => {
  it('is by default a parameter of /v2/orders', () => {
    const found = parseClientQueryPath(DEFAULT_CLIENT_QUERY_PATH)
    assert.equal(found.build('pq 1/2'), '/v2/orders?coId=pq%201%2F2')
    assert.equal(found.allActive, '/v2/orders')
    assert.deepEqual(found.mounts, ['/v2/orders'])
    assert.deepEqual(found.match(at('/v2/orders?x=1')), { kind: 'allActive' })
    assert.deepEqual(found.match(at('/v2/orders?coId=')), { kind: 'one', coId: '' })
    assert.isUndefined(found.match(at('/v2/orders/1')))
  })

  it('may be a segment', () => {
    const found = parseClientQueryPath('/v2/orders/client/{coId}?view=full')
    assert.equal(found.build('$& $1'), '/v2/orders/client/%24%26%20%241?view=full')
    assert.equal(found.allActive, '/v2/orders/client?view=full')
    assert.deepEqual(found.mounts, ['/v2/orders/client/{coId}', '/v2/orders/client'])
    for (const elsewhere of [
      '/v2/orders/client/1',
      '/v2/orders/client/1?view=short',
      '/v2/orders/client?view=short',
      '/v2/orders/client/?view=full',
      '/v2/orders/client/1/2?view=full',
      '/v2/orders/client/%ff?view=full',
      '/v2/orders/1?view=full',
    ]) {
      assert.isUndefined(found.match(at(elsewhere)), elsewhere)
    }
  })

  it('finds every client id that it was built with, through a URL', () => {
    fc.assert(
      fc.property(template, coId, (template, coId) => {
        const found = parseClientQueryPath(template)
        const address = found.build(coId)
        assert.deepEqual(found.match(at(address)), { kind: 'one', coId })
        assert.equal(at(address).pathname + at(address).search.replaceAll('%27', "'"), address)
        assert.deepEqual(found.match(at(found.allActive)), { kind: 'allActive' })
        assert.notInclude(found.allActive, 'coId')
      }),
      { numRuns: 1_000 },
    )
  })

  it('cannot carry an id that is empty, not Unicode, or a dot segment', () => {
    const message = (path: string, id: string) => {
      assert.throws(() => parseClientQueryPath(path).build(id), RangeError, /^Failed to address/)
    }
    for (const path of [DEFAULT_CLIENT_QUERY_PATH, '/orders/{coId}']) {
      message(path, '')
      message(path, 'a\udc00')
    }
    message('/orders/{coId}', '.')
    message('/orders/{coId}', '..')
    assert.equal(parseClientQueryPath(DEFAULT_CLIENT_QUERY_PATH).build('..'), '/v2/orders?coId=..')
  })

  for (const [flawed, why] of [
    ['/v2/orders', /\{coId\} is missing/],
    ['', /\{coId\} is missing/],
    ['/a/{coId}?b={coId}', /more than once/],
    ['/a?b={coId}&c={coId}', /more than once/],
    ['/a?b={coId}?c=1', /more than one "\?"/],
    ['/a b?c={coId}', /a character that/],
    ['/a#b?c={coId}', /a character that/],
    ['/a/{id}?c={coId}', /a character that/],
    ['/a/%2?c={coId}', /a character that/],
    ['http://host/a?c={coId}', /does not begin with "\/"/],
    ['a/{coId}', /does not begin with "\/"/],
    ['{coId}', /does not begin with "\/"/],
    ['//a?c={coId}', /an empty path segment/],
    ['/a/?c={coId}', /an empty path segment/],
    ['/a/../{coId}', /segment "\." or "\.\."/],
    ['/a/%2E./{coId}', /segment "\." or "\.\."/],
    ['/a/x{coId}', /only a part of a path segment/],
    ['/a?b=x{coId}', /not the whole value/],
    ['/a?b=x={coId}', /not the whole value/],
    ['/a?={coId}', /not the whole value/],
    ['/a?{coId}', /not the whole value/],
    ['/a?{coId}=b', /not the whole value/],
    ['/a?b={coId}&', /an empty query parameter/],
    ['/a?b=1&b={coId}', /b stands twice/],
    ['/a?%62=1&b={coId}', /b stands twice/],
    ['/v2/orders/{coId}', /the query by server id/],
  ] as const) {
    it(`cannot be "${flawed}"`, () => {
      assert.throws(() => parseClientQueryPath(flawed), RangeError, why)
      assert.throws(() => parseClientQueryPath(flawed), /Write, for example, \/v2\/orders\?coId=/)
    })
  }
})
