import { readFile } from 'node:fs/promises'
import { describe, it } from 'node:test'
import { assert } from 'chai'
import { controlContract } from '../../src/mocks/server/control/contract.ts'
import { controlOpenApiText } from '../../src/mocks/server/control/control-openapi.ts'

const checkedIn = new URL('../../docs/control-openapi.json', import.meta.url)

describe('The OpenAPI document of the control API', () => {
  it('is checked in as the contract gives it', async () => {
    const text = await readFile(checkedIn, 'utf8')
    const why = 'docs/control-openapi.json is stale. Run: npm run control-openapi'
    assert.isTrue(text === controlOpenApiText(), why)
  })

  it('has every operation once', () => {
    const { paths } = JSON.parse(controlOpenApiText()) as {
      readonly paths: Record<string, Record<string, { readonly operationId: string }>>
    }
    const operations = Object.values(paths).flatMap((methods) => Object.values(methods))
    assert.sameMembers(
      operations.map(({ operationId }) => operationId),
      Object.keys(controlContract),
    )
  })
})
