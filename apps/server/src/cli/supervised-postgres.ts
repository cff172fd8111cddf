import { type EmbeddedPostgres, startEmbeddedPostgres } from '@guankou/db/embedded/start-embedded-postgres.ts'
import type { Logger } from 'pino'
import { say } from '#src/cli/progress.ts'

export type SupervisedPostgres = { readonly url: string; readonly stop: () => Promise<void> }

const restartPauseMs = 500

const wait = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds))

/**
 * Runs the embedded PostgreSQL and starts it again on the same port when it ends unasked; clients meet a short gap in
 * which everything is answered “later”.
 */
export const runSupervisedPostgres = async (dataFolder: string, log: Logger): Promise<SupervisedPostgres> => {
  const first = await startEmbeddedPostgres({
    dataFolder,
    onProgress: (step) => {
      if (step === 'creating-cluster') say({ en: 'Making the database', zh: '创建数据库' })
      if (step === 'stopping-leftover')
        say({ en: 'Stopping a PostgreSQL that an earlier run left behind', zh: '停止上次遗留的 PostgreSQL' })
    },
  })
  const { url, port } = first
  let current: EmbeddedPostgres = first
  let stopping = false

  const restart = async (): Promise<EmbeddedPostgres | undefined> => {
    while (!stopping) {
      try {
        return await startEmbeddedPostgres({ dataFolder, port })
      } catch (error) {
        log.error({ err: error }, 'PostgreSQL did not come back; trying again')
        await wait(restartPauseMs)
      }
    }
    return undefined
  }
  const watch = async (): Promise<void> => {
    for (;;) {
      const exit = await current.exited
      if (stopping) return
      log.error({ exit }, 'PostgreSQL ended unasked; starting it again')
      await current.stop()
      const next = await restart()
      if (next === undefined) return
      current = next
      log.warn('PostgreSQL is back')
    }
  }
  const watching = watch()
  return {
    url,
    stop: async () => {
      stopping = true
      await current.stop()
      await watching
      await current.stop()
    },
  }
}
