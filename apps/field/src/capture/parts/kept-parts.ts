import { captureParts } from 'virtual:capture-parts'
import { workerUrl } from '../engine.ts'
import {
  areKept,
  bytesOf,
  cacheName,
  codeParts,
  type PartName,
  type Progress,
  partNames,
  textParts,
} from './capture-files.ts'

/** Everything that is fetched: the worker itself and what it is made of. */
const urls = (): readonly string[] => [workerUrl, ...partNames.map((part) => captureParts[part].url)]

const isKept = async (cache: Cache, url: string): Promise<boolean> => (await cache.match(url)) !== undefined

export const keptParts = async (): Promise<{ readonly codes: boolean; readonly texts: boolean }> => ({
  codes: await areKept(codeParts),
  texts: await areKept(textParts),
})

const bytesAt = (url: string): number => {
  const part = partNames.find((each: PartName) => captureParts[each].url === url)
  return part === undefined ? 0 : bytesOf([part])
}

/** Fetches what is not there yet and keeps it. @throws where the network fails; what came before that stays */
export const downloadParts = async (onProgress: (progress: Progress) => void = () => {}): Promise<void> => {
  const cache = await caches.open(cacheName)
  const ofBytes = bytesOf(partNames)
  let doneBytes = 0
  for (const url of urls()) {
    if (!(await isKept(cache, url))) {
      const response = await fetch(url)
      if (!response.ok) throw new Error(`${url}: ${response.status}`)
      await cache.put(url, response)
    }
    doneBytes += bytesAt(url)
    onProgress({ doneBytes, ofBytes })
  }
}

export const removeParts = async (): Promise<void> => void (await caches.delete(cacheName))

/**
 * After a new version: lets files of the old one go, and fetches the new ones where the phone had some, so that what worked
 * offline goes on doing so.
 */
export const renewParts = async (): Promise<void> => {
  if (!('caches' in globalThis)) return
  const cache = await caches.open(cacheName)
  const current = new Set(urls().map((url) => new URL(url, location.href).href))
  const stale = (await cache.keys()).filter(({ url }) => !current.has(url))
  if (stale.length === 0) return
  await downloadParts()
  await Promise.all(stale.map((request) => cache.delete(request)))
}
