import { parentPort, workerData } from 'node:worker_threads'
import type { PageNews, PagesData } from './page-job.ts'
import { PageMaker } from './page-maker.ts'
import { WriteGate } from './write-gate.ts'

/*
 * The thread that makes the pages of a run while the scenarios run in another: of what stands on disk, so that it is
 * told no more than where. It ends when it has answered.
 */
const { job, gate } = workerData as PagesData
const maker = PageMaker.begin(job, new WriteGate(gate))
let turn: Promise<unknown> = maker
parentPort?.on('message', (news: PageNews) => {
  turn = turn.then(async () => {
    const problems = await (await maker).receive(news)
    if (problems === undefined) return
    parentPort?.postMessage(problems)
    parentPort?.close()
  })
})
