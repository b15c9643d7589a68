import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, it } from 'node:test'
import { assert } from 'chai'

/* What a process does about signals, and about the end of whoever started it. Its clock is its own. */

const MODULE = import.meta.resolve('../../src/cli/interruption.ts')

/** Runs some lines in a process that has a channel to this one, and can listen to signals. */
function started(lines: string): ChildProcess {
  const program = `
    import { onInterruption } from ${JSON.stringify(MODULE)}
    let now = 0
    performance.now = () => now
    const alive = setInterval(() => {}, 1_000)
    ${lines}
    process.send('ready')`
  return spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
}

async function said(child: ChildProcess): Promise<unknown> {
  const [message] = await once(child, 'message')
  return message
}

describe('a process that is interrupted', () => {
  it('goes on cleaning up when whoever started it ends after the signal', async () => {
    const child = started(`
      onInterruption((signal) => { now = 60_000; process.send(signal) })
      process.on('disconnect', () => setImmediate(() => process.exit(7)))`)
    assert.equal(await said(child), 'ready')
    child.kill('SIGINT')
    assert.equal(await said(child), 'SIGINT')
    child.disconnect()
    const [code] = await once(child, 'exit')
    assert.equal(code, 7)
  })

  it('is ended at once by a second signal', async () => {
    const child = started('onInterruption((signal) => { process.send(signal); now = 60_000 })')
    assert.equal(await said(child), 'ready')
    child.kill('SIGINT')
    assert.equal(await said(child), 'SIGINT')
    child.kill('SIGINT')
    const [code] = await once(child, 'exit')
    assert.equal(code, 130)
  })

  it('tells what begins to listen after the signal, and nothing once nobody had listened', async () => {
    const child = started(`
      const release = onInterruption(() => {
        const of = onInterruption((signal) => {
          of()
          release()
          onInterruption(() => process.send('again'))
          setImmediate(() => setImmediate(() => process.send('late ' + signal)))
        })
      })`)
    assert.equal(await said(child), 'ready')
    child.kill('SIGTERM')
    assert.equal(await said(child), 'late SIGTERM')
    child.kill('SIGKILL')
  })
})
