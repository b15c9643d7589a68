import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { parseEnv } from 'node:util'
import { assert } from 'chai'
import { dotEnvFlaws } from '../../src/backends/endpoint/dot-env-flaws.ts'
import { readEndpointConfig } from '../../src/backends/endpoint/endpoint-config.ts'
import { endpointVariables } from '../../src/backends/endpoint/endpoint-config-variables.ts'
import { defaultEndpointSettings } from '../../src/backends/endpoint/endpoint-settings.ts'
import { configOf } from './environment.ts'

const text = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8')
const variables = parseEnv(text)

describe('.env.example', () => {
  it('lists every variable, each below a comment', () => {
    assert.deepEqual(dotEnvFlaws(text), [])
    const listed = Object.keys(variables).filter((name) => name.startsWith('INTEGRAL_'))
    assert.sameMembers(listed, [...endpointVariables])
    for (const name of listed) assert.match(text, new RegExp(`^# .+\\.\\n${name}=`, 'm'))
  })

  it('shows the defaults', () => {
    const filledIn = { ...variables, INTEGRAL_USER: 'a', INTEGRAL_PASSWORD: 'b', INTEGRAL_ORG: 'c' }
    const { credentials: _, ...shown } = readEndpointConfig(filledIn, defaultEndpointSettings)
    const { credentials: __, ...byDefault } = configOf('https://uat.fxinside.net')
    assert.deepEqual(shown, byDefault)
  })

  it('cannot run by accident', () => {
    assert.throws(
      () => readEndpointConfig(variables, defaultEndpointSettings),
      /^INTEGRAL_USER is not set: .*\nINTEGRAL_ORG is not set: .*\nINTEGRAL_PASSWORD is not set: /,
    )
  })
})
