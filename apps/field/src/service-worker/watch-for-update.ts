import { registerSW } from 'virtual:pwa-register'
import { createStore, type Store } from '#src/runtime/store.ts'

/** Takes the new version; nothing while there is none. It waits until somebody asks for it. */
export type Update = Store<(() => void) | undefined>

const lookEveryMs = 30 * 60_000

/** Registers the service worker and reports when a new version lies ready. */
export const watchForUpdate = (): Update => {
  const update: Update = createStore<(() => void) | undefined>(undefined)
  const take = registerSW({
    onNeedRefresh: () => update.set(() => void take(true)),
    onRegisteredSW: (_url, registration) => {
      if (registration !== undefined)
        setInterval(() => void registration.update().catch(() => undefined), lookEveryMs)
    },
  })
  return update
}
