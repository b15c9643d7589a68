import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { describe, it } from 'node:test'
import { assert } from 'chai'
import { LateApp } from '../../src/mocks/server/late-app.ts'

function request() {
  const incoming = new IncomingMessage(new Socket())
  return [incoming, new ServerResponse(incoming)] as const
}

describe('An app that is opened by the first request', () => {
  it('is opened once for all that come while it is opened, and is closed', async () => {
    const done: string[] = []
    const app = new LateApp(
      async () => {
        done.push('opened')
        return {
          listener: () => done.push('served'),
          close: async () => {
            done.push('closed')
          },
        }
      },
      () => done.push('failed'),
    )
    app.listener(...request())
    app.listener(...request())
    await app.close()
    assert.deepEqual(done, ['opened', 'served', 'served', 'closed'])
  })

  it('is opened by a later one where that failed, of which all are told that waited', async () => {
    const done: string[] = []
    const tries = [false, true]
    const app = new LateApp(
      async () => {
        if (tries.shift() === false) throw new Error('No file can be opened.')
        return { listener: () => done.push('served'), close: async () => undefined }
      },
      (error) => done.push(String(error)),
    )
    app.listener(...request())
    app.listener(...request())
    await app.close()
    app.listener(...request())
    await app.close()
    const failure = 'Error: No file can be opened.'
    assert.deepEqual(done, [failure, failure, 'served'])
  })

  it('is not opened to be closed', async () => {
    const app = new LateApp(
      () => assert.fail('It was opened.'),
      () => undefined,
    )
    await app.close()
  })
})
