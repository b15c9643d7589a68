import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { assert } from 'chai'
import { endpoints } from '../../src/api/contract/endpoints.ts'
import { openApiDocument, openApiText } from '../../src/api/openapi.ts'

const checkedIn = new URL('../../docs/openapi.json', import.meta.url)
const command = fileURLToPath(new URL('../../src/cli/openapi.ts', import.meta.url))

describe('The OpenAPI document', () => {
  it('is checked in as the contract gives it', async () => {
    const text = await readFile(checkedIn, 'utf8')
    assert.isTrue(text === openApiText(), 'docs/openapi.json is stale. Run: npm run openapi')
  })

  it('has every endpoint once, with its source, its codes and its security', () => {
    const document: Described = JSON.parse(openApiText())
    const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })),
    )
    assert.deepEqual(
      operations.map(({ operationId }) => operationId).sort(),
      Object.keys(endpoints).sort(),
    )
    for (const operation of operations) {
      const endpoint = endpoints[operation.operationId]
      assert.equal(operation.method, endpoint.method.toLowerCase())
      assert.equal(nameless(operation.path), nameless(endpoint.path))
      assert.deepEqual(operation['x-source'], endpoint.source)
      assert.equal(operation.summary, endpoint.summary)
      assert.sameMembers(Object.keys(operation.responses).map(Number), [
        endpoint.success,
        ...endpoint.refusals,
      ])
      assert.equal(operation.security.length === 1, endpoint.authenticated)
      assert.deepEqual(
        operation.parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name),
        [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name),
      )
      assert.deepInclude(operation.parameters, { $ref: '#/components/parameters/RequestId' })
    }
  })

  it('writes no path twice under other parameter names', () => {
    const paths = Object.keys(openApiDocument().paths ?? {}).map(nameless)
    assert.sameMembers(paths, [...new Set(paths)])
  })

  it('says that login and renewal bring the token, and nothing else does', () => {
    const { paths }: Described = JSON.parse(openApiText())
    const bringers = Object.values(paths)
      .flatMap(Object.values)
      .filter(({ responses }) => 'SSO_TOKEN' in (responses['200']?.headers ?? {}))
    assert.deepEqual(
      bringers.map(({ operationId }) => operationId),
      ['login', 'renew'],
    )
  })

  it('resolves every reference within itself', () => {
    const document: unknown = JSON.parse(openApiText())
    for (const [, pointer = ''] of openApiText().matchAll(/"\$ref": "#\/([^"]+)"/g)) {
      const target = pointer.split('/').reduce<unknown>((at, key) => Object(at)[key], document)
      assert.isObject(target, pointer)
    }
  })

  it('names no host of Integral', () => {
    assert.notMatch(openApiText(), /fxinside|integral\.com/)
  })

  it('is checked by the command, which refuses arguments it does not know', async () => {
    const run = promisify(execFile)
    await run(process.execPath, [command, '--check'])
    const refused = await run(process.execPath, [command, '--chek']).catch((error) => error)
    assert.deepInclude(refused, { code: 2 })
  })
})

const nameless = (path: string) => path.replace(/\{\w+\}/g, '{}')

interface Described {
  readonly paths: Record<string, Record<string, DescribedOperation>>
}

interface DescribedOperation {
  readonly operationId: keyof typeof endpoints
  readonly summary: string
  readonly 'x-source': unknown
  readonly security: readonly unknown[]
  readonly parameters: readonly { in?: string; name?: string; $ref?: string }[]
  readonly responses: Record<string, { headers?: object }>
}
