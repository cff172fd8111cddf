import { join } from 'node:path'
import type { Environment, KeySettings } from '#src/identity/key-custody.ts'
import { deriveBytes } from '#src/identity/master-key.ts'

/** Where everything of a drill lies that is not in the database. */
export const drillFolder = (dataFolder: string): string => join(dataFolder, 'drill')

/**
 * Keys of a drill: made in its own folder, or derived where the master key comes from the environment. A key service is
 * not asked, and nothing is put into escrow: what a drill sealed or signed opens and holds in no live city.
 */
export const drillKeySettings = (dataFolder: string, env: Environment): KeySettings => {
  const master = env.GUANKOU_MASTER_KEY
  return {
    keyFolder: join(drillFolder(dataFolder), 'keys'),
    env: {
      ...(env.GUANKOU_SEAL_ALGORITHM === undefined
        ? {}
        : { GUANKOU_SEAL_ALGORITHM: env.GUANKOU_SEAL_ALGORITHM }),
      ...(master === undefined
        ? {}
        : {
            GUANKOU_MASTER_KEY: deriveBytes(Buffer.from(master.trim(), 'base64'), 'drill').toString('base64'),
          }),
    },
  }
}
