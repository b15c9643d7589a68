import { it } from 'node:test'
import { Worker } from 'node:worker_threads'
import { assert } from 'chai'
import { WriteGate } from '../../../src/cli/run-pages/write-gate.ts'

it('a gate lets pass until the other side closes it, and never again', () => {
  const ours = new WriteGate()
  const theirs = new WriteGate(ours.shared)
  const written: string[] = []
  theirs.pass(() => written.push('before'))
  assert.throws(() =>
    theirs.pass(() => {
      throw new Error('full')
    }),
  )
  theirs.pass(() => written.push('after an error'))
  ours.close()
  ours.close()
  theirs.pass(() => written.push('closed'))
  assert.deepEqual(written, ['before', 'after an error'])
})

it('who closes a gate waits for who is writing in another thread', async () => {
  const gate = new WriteGate()
  const done = new Int32Array(new SharedArrayBuffer(8))
  const script = `
    const { workerData: { url, shared, done } } = require('node:worker_threads')
    import(url).then(({ WriteGate }) => new WriteGate(shared).pass(() => {
      Atomics.store(done, 0, 1)
      Atomics.notify(done, 0)
      Atomics.wait(done, 1, 0, 50)
      Atomics.store(done, 0, 2)
    }))`
  const url = new URL('../../../src/cli/run-pages/write-gate.ts', import.meta.url).href
  const worker = new Worker(script, { eval: true, workerData: { url, shared: gate.shared, done } })
  Atomics.wait(done, 0, 0, 30_000)
  gate.close()
  assert.equal(Atomics.load(done, 0), 2, 'the other one was writing')
  await worker.terminate()
})
