import { describe, it } from 'node:test'
import { assert } from 'chai'
import { checkName } from '../../src/backends/endpoint/checks/name-check.ts'
import { configOf } from './environment.ts'

const asked: string[] = []
const resolving = async (host: string) => {
  asked.push(host)
  return [
    { address: '192.0.2.1', family: 4 },
    { address: '2001:db8::1', family: 6 },
  ]
}
const failing = (code: string) => async () => {
  throw Object.assign(new Error(`getaddrinfo ${code}`), { code })
}

describe('checkName', () => {
  it('shows every address of the host', async () => {
    assert.deepEqual(await checkName(configOf('https://uat.fxinside.net'), resolving), {
      name: 'DNS',
      state: 'ok',
      seen: 'uat.fxinside.net is 192.0.2.1, 2001:db8::1',
    })
  })

  it('asks no resolver about loopback, nor about what a proxy resolves', async () => {
    asked.length = 0
    for (const loopback of ['http://127.0.0.1', 'http://localhost:1', 'http://[::1]'])
      assert.equal((await checkName(configOf(loopback), resolving)).state, 'ok')
    const proxied = configOf('https://uat.fxinside.net', { HTTPS_PROXY: 'http://a:b@p.example:1' })
    assert.deepEqual(await checkName(proxied, resolving), {
      name: 'DNS',
      state: 'not checked',
      seen: 'because the proxy http://p.example:1 resolves it',
    })
    assert.deepEqual(asked, [])
  })

  it('says what to do where the name does not resolve', async () => {
    for (const code of ['ENOTFOUND', 'EAI_AGAIN']) {
      const check = await checkName(configOf('https://uat.fxinside.net'), failing(code))
      assert.equal(check.state, 'broken')
      assert.equal(check.seen, `uat.fxinside.net: the name cannot be resolved (${code})`)
      assert.match(check.remedy ?? '', /spelling of INTEGRAL_BASE_URL/)
    }
  })
})
