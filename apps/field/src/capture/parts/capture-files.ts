import { captureParts } from 'virtual:capture-parts'

/** The worker that reads, then what it is made of for codes, and for plates and documents. */
export const partNames = ['codes', 'runtime', 'detector', 'recogniser', 'keys'] as const
export type PartName = (typeof partNames)[number]

/** Parts for codes alone, and for texts. */
export const codeParts: readonly PartName[] = ['codes']
export const textParts: readonly PartName[] = ['runtime', 'detector', 'recogniser', 'keys']

/** The cache of the service worker that answers for these files; it fills when they are first used. */
export const cacheName = 'guankou-capture'

export type Progress = { readonly doneBytes: number; readonly ofBytes: number }

export const bytesOf = (parts: readonly PartName[]): number =>
  parts.reduce((sum, part) => sum + captureParts[part].bytes, 0)

const unpack = async (packed: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<ArrayBuffer> =>
  new Response(packed.pipeThrough(new DecompressionStream('gzip'))).arrayBuffer()

const counting = (onBytes: (bytes: number) => void) =>
  new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform: (chunk, controller) => {
      onBytes(chunk.byteLength)
      controller.enqueue(chunk)
    },
  })

/** One part, unpacked; from the phone's cache where it is there. @throws where it is neither there nor to be had */
export const fetchPart = async (part: PartName, onBytes: (bytes: number) => void): Promise<ArrayBuffer> => {
  const response = await fetch(captureParts[part].url)
  if (!response.ok || response.body === null) throw new Error(`${part}: ${response.status}`)
  return unpack(response.body.pipeThrough(counting(onBytes)))
}

/** Whether all of these are on the phone and need no network. */
export const areKept = async (parts: readonly PartName[]): Promise<boolean> => {
  if (!('caches' in globalThis)) return false
  const cache = await caches.open(cacheName)
  const found = await Promise.all(parts.map((part) => cache.match(captureParts[part].url)))
  return found.every((response) => response !== undefined)
}
