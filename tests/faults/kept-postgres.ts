import { setTimeout as pause } from 'node:timers/promises'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@guankou/db/embedded/start-embedded-postgres.ts'

const restartPauseMs = 300
const mostAttempts = 40

export type KeptPostgres = { readonly url: string; readonly stop: () => Promise<void> }

/** Runs a PostgreSQL of the city's own, with durable settings, and starts it again on its port whenever it ends. */
export const keepPostgres = async (dataFolder: string): Promise<KeptPostgres> => {
  let current: EmbeddedPostgres = await startEmbeddedPostgres({ dataFolder })
  const { url, port } = current
  let isStopping = false
  const startAgain = async (): Promise<EmbeddedPostgres | undefined> => {
    for (let attempt = 1; !isStopping; attempt += 1) {
      try {
        return await startEmbeddedPostgres({ dataFolder, port })
      } catch (error) {
        if (attempt === mostAttempts) throw error
        await pause(restartPauseMs)
      }
    }
    return undefined
  }
  const watch = async (): Promise<void> => {
    for (;;) {
      await current.exited
      if (isStopping) return
      await current.stop()
      const next = await startAgain()
      if (next === undefined) return
      current = next
    }
  }
  let failure: unknown
  const watching = watch().catch((error: unknown) => {
    failure = error
  })
  return {
    url,
    stop: async () => {
      isStopping = true
      await current.stop()
      await watching
      await current.stop()
      if (failure !== undefined) throw failure
    },
  }
}
