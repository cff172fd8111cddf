import { openDatabase } from '@guankou/db/database.ts'
import { buildZhuhaiCity } from '@guankou/simulator/cities/zhuhai-2020/zhuhai.ts'
import pino from 'pino'
import type { ServerContext } from '#src/context.ts'
import { createDemoTraffic } from '#src/demo/demo-traffic.ts'
import type { HistoryOrder, HistoryReport } from '#src/demo/record-history.ts'
import { openKeyCustody } from '#src/identity/key-custody.ts'
import { createContext } from '#src/start-server.ts'

const reportEveryMs = 100

/** Tells the server; where it is gone there is nobody to tell, and the disconnect stops us. */
const report = (message: HistoryReport): Promise<void> =>
  new Promise((resolve) => {
    if (process.connected) process.send?.(message, () => resolve())
    else resolve()
  })

const recordHistory = async (context: ServerContext, startMs: number, signal: AbortSignal): Promise<void> => {
  const traffic = await createDemoTraffic(context, buildZhuhaiCity(), { signal, startMs })
  let reportedAt = 0
  const result = await traffic.catchUp((done) => {
    if (performance.now() - reportedAt < reportEveryMs) return
    reportedAt = performance.now()
    void report({ done })
  })
  await report({ result })
}

const carryOut = async (order: HistoryOrder, signal: AbortSignal): Promise<void> => {
  const log = pino({ level: order.logLevel }, pino.destination({ fd: 2, sync: true }))
  const db = openDatabase({ url: order.databaseUrl, namedStatements: order.namedStatements })
  try {
    const context = await createContext({ db, keys: await openKeyCustody(order.keys), log })
    await recordHistory(context, order.startMs, signal).finally(context.close)
  } catch (error) {
    log.error({ err: error }, 'the past was not recorded')
    process.exitCode = 1
  } finally {
    await db.close()
    if (process.connected) process.disconnect()
  }
}

const stop = new AbortController()
// The Ctrl-C of a terminal reaches us as well; the server tells us to stop, or is gone.
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined)
process.on('disconnect', () => stop.abort())
process.on('message', (message: HistoryOrder | 'stop') => {
  if (message === 'stop') stop.abort()
  else void carryOut(message, stop.signal)
})
