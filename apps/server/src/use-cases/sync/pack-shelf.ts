import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { makeDelta } from '@guankou/domain/sync/text-delta.ts'
import { packVersionOf } from '#src/identity/pack-signer.ts'

/*
 * Packs of the last while, by area and version. Twelve thousand phones that come back at once ask for a handful of texts:
 * each is built, hashed and compressed once, whoever asks.
 */

/** A text that was just built is in force for this long, whoever asks meanwhile. */
const freshMs = 250

/** Older versions that deltas begin at; a phone that was away for longer takes the whole content. */
const mostVersions = 24

/** Room for texts of all areas together, in characters. */
const mostCharacters = 48_000_000

/** Between speed and size: one step more takes twice the time for 2 % less. */
const brotliQuality = 6

export type Compressed = { readonly plain: Buffer; readonly gzip: Buffer; readonly br: Buffer }

export type ShelvedPack = {
  readonly version: string
  readonly text: string
  /** Compressed on first use, and once. */
  readonly compressed: () => Promise<Compressed>
}

export type PackShelf = {
  /** The pack of an area that is in force. */
  readonly current: (areaCode: number) => Promise<ShelvedPack>
  /** A version that is known; the one in force is built first where it may be that. */
  readonly find: (areaCode: number, version: string) => Promise<ShelvedPack | undefined>
  /** What makes one version another; undefined where either is not known or the delta is no smaller than the content. */
  readonly delta: (areaCode: number, from: string, to: string) => Promise<Compressed | undefined>
  /** Something in packs was changed here: the next who asks has them built anew. */
  readonly forget: () => void
}

type Options = {
  readonly build: (areaCode: number) => Promise<string>
  /** Milliseconds of any clock that runs on; that of the city may stand still in a drill. */
  readonly elapsedMs: () => number
}

const [gzipAsync, brotliAsync] = [promisify(gzip), promisify(brotliCompress)]

const compress = async (text: string): Promise<Compressed> => {
  const plain = Buffer.from(text)
  const params = { [constants.BROTLI_PARAM_QUALITY]: brotliQuality }
  const [zipped, br] = await Promise.all([gzipAsync(plain), brotliAsync(plain, { params })])
  return { plain, gzip: zipped, br }
}

/** Computed on first use; after a failure the next use tries again. */
const once = <T>(make: () => Promise<T>): (() => Promise<T>) => {
  let made: Promise<T> | undefined
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined
      throw error
    })
    return made
  }
}

type AreaShelf = {
  /** Newest last. */
  readonly versions: Map<string, ShelvedPack>
  readonly deltas: Map<string, () => Promise<Compressed | undefined>>
  building: Promise<ShelvedPack> | undefined
  builtAtMs: number
  newest: ShelvedPack | undefined
}

const put = (shelf: AreaShelf, text: string): ShelvedPack => {
  const version = packVersionOf(text)
  const known = shelf.versions.get(version)
  const pack = known ?? { version, text, compressed: once(() => compress(text)) }
  shelf.versions.delete(version)
  shelf.versions.set(version, pack)
  if (shelf.newest?.version !== version) shelf.deltas.clear()
  shelf.newest = pack
  for (const old of shelf.versions.keys()) {
    if (shelf.versions.size <= mostVersions) break
    shelf.versions.delete(old)
  }
  return pack
}

/** Drops the oldest versions of areas in turn until all texts together have room; the one in force always stays. */
const makeRoom = (shelves: ReadonlyMap<number, AreaShelf>): void => {
  const all = [...shelves.values()]
  let total = all.reduce(
    (sum, { versions }) => sum + [...versions.values()].reduce((own, { text }) => own + text.length, 0),
    0,
  )
  for (const { versions, newest } of all)
    for (const [version, { text }] of versions) {
      if (total <= mostCharacters) return
      if (version === newest?.version) continue
      versions.delete(version)
      total -= text.length
    }
}

const makeSmallDelta = async (old: ShelvedPack, next: ShelvedPack): Promise<Compressed | undefined> => {
  const delta = await compress(JSON.stringify(makeDelta(old.text, next.text)))
  return delta.br.length < (await next.compressed()).br.length ? delta : undefined
}

const emptyShelf = (): AreaShelf => ({
  versions: new Map(),
  deltas: new Map(),
  building: undefined,
  builtAtMs: Number.NEGATIVE_INFINITY,
  newest: undefined,
})

/** The pack in force: the one just built, the one being built, or one that is built now. */
const currentOn =
  (shelfOf: (areaCode: number) => AreaShelf, { build, elapsedMs }: Options, onBuilt: () => void) =>
  (areaCode: number): Promise<ShelvedPack> => {
    const shelf = shelfOf(areaCode)
    const isFresh = elapsedMs() - shelf.builtAtMs < freshMs
    if (shelf.newest !== undefined && isFresh) return Promise.resolve(shelf.newest)
    if (shelf.building !== undefined) return shelf.building
    const building: Promise<ShelvedPack> = build(areaCode)
      .then((text) => {
        const pack = put(shelf, text)
        // What was begun before something changed here answers those who asked before it, and nobody after.
        if (shelf.building === building) shelf.builtAtMs = elapsedMs()
        onBuilt()
        return pack
      })
      .finally(() => {
        if (shelf.building === building) shelf.building = undefined
      })
    shelf.building = building
    return building
  }

export const createPackShelf = (options: Options): PackShelf => {
  const shelves = new Map<number, AreaShelf>()
  const shelfOf = (areaCode: number): AreaShelf => {
    const shelf = shelves.get(areaCode) ?? emptyShelf()
    shelves.set(areaCode, shelf)
    return shelf
  }
  const current = currentOn(shelfOf, options, () => makeRoom(shelves))
  const find = async (areaCode: number, version: string): Promise<ShelvedPack | undefined> => {
    const known = shelves.get(areaCode)?.versions.get(version)
    if (known !== undefined) return known
    const built = await current(areaCode)
    return built.version === version ? built : undefined
  }
  return {
    current,
    find,
    forget: () => {
      for (const shelf of shelves.values()) {
        shelf.builtAtMs = Number.NEGATIVE_INFINITY
        shelf.building = undefined
      }
    },
    async delta(areaCode, from, to) {
      const [old, next] = [await find(areaCode, from), await find(areaCode, to)]
      if (old === undefined || next === undefined) return undefined
      const { deltas } = shelfOf(areaCode)
      const key = `${from} ${to}`
      const known = deltas.get(key) ?? once(() => makeSmallDelta(old, next))
      if (deltas.size < mostVersions) deltas.set(key, known)
      return known()
    },
  }
}
