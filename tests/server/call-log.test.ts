import { describe, it } from 'node:test'
import { assert } from 'chai'
import type { CallLine } from '../../src/mocks/server/call-line.ts'
import { ask, logIn } from './requests.ts'
import { serving } from './served.ts'

const ACME = '/_simulation/organisations/Acme'

describe('The log', () => {
  it('has a line for each request, whoever answers it', async () => {
    const lines: CallLine[] = []
    let told = () => {}
    const log = (line: CallLine) => {
      lines.push(line)
      told()
    }
    const logged = async (count: number): Promise<void> => {
      while (lines.length < count)
        await new Promise<void>((resolve) => {
          told = resolve
        })
    }
    await serving({ log }, async ({ connect }) => {
      const connection = await connect()
      await logIn(connection)
      await ask(connection, `${ACME}/market/move`, { method: 'POST', body: '{"pips":1}' })
      await ask(connection, `${ACME}/market/move`, { method: 'PATCH' })
      await ask(connection, `/_simulation/${'T0ken'.repeat(12)}?token=1`)
      connection.write('GET /v2/orders/1 HTTP/1.1\r\n\r\n')
      await connection.reply()
      await logged(5)
      const other = await connect()
      other.write(
        'POST /v2/orders HTTP/1.1\r\nHost: localhost\r\nContent-Length: 999999999\r\n\r\n',
      )
      await other.reply()
      other.end()
      await logged(6)
      const third = await connect()
      third.write('nonsense\r\n\r\n')
      await third.reply()
      third.end()
      await logged(7)
    })
    assert.deepEqual(
      lines.map(({ organisation, method, path, status }) => [organisation, method, path, status]),
      [
        ['Acme', 'POST', '/v2/sso/login', 200],
        ['Acme', 'POST', `${ACME}/market/move`, 204],
        ['Acme', 'PATCH', `${ACME}/market/move`, 405],
        ['', 'GET', '/_simulation/…', 404],
        ['', 'GET', '/v2/orders/1', 400],
        ['', 'POST', '/v2/orders', 413],
        ['', '', '', 400],
      ],
    )
  })
})
