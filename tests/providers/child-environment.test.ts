import { it } from 'node:test'
import { assert } from 'chai'
import { childEnvironment } from '../../src/cli/providers/child-environment.ts'
import { providersSchema } from '../../src/cli/providers/providers-schema.ts'

it('a run of a provider is given what any program needs, its own variables, and nothing else', () => {
  const providers = providersSchema.parse({
    evidenceKey: 'EVIDENCE_KEY',
    providers: [
      {
        ...{ name: 'a', baseUrl: 'http://127.0.0.1:1' },
        credentials: { user: 'A_USER', org: 'A_ORG', password: 'HTTPS_PROXY' },
      },
    ],
  })
  const env = {
    ...{ PATH: 'bin', HOME: 'home-of-a', TZ: 'UTC', Path: 'C:\\bin', no_proxy: 'localhost' },
    ...{ INTEGRAL_PASSWORD: 'x', INTEGRAL_USER: 'x', AWS_SECRET_ACCESS_KEY: 'x', NPM_TOKEN: 'x' },
    ...{ A_USER: 'x', HTTPS_PROXY: 'a password, of all names', EVIDENCE_KEY: 'key.pem' },
    LC_ALL: undefined,
  }
  assert.deepEqual(childEnvironment(env, { INTEGRAL_USER: 'ada' }, providers), {
    ...{ PATH: 'bin', HOME: 'home-of-a', TZ: 'UTC', Path: 'C:\\bin', no_proxy: 'localhost' },
    ...{ NO_COLOR: '1', HARNESS_DOT_ENV: 'off' },
    ...{ INTEGRAL_USER: 'ada', INTEGRAL_EVIDENCE_KEY: 'key.pem' },
  })
})
