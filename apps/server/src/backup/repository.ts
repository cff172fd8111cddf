import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import Type from 'typebox'
import { BackupError, damagedPart } from '#src/backup/backup-error.ts'
import { type KeyMark, type KeySource, makeBackupKey, openBackupKey } from '#src/backup/backup-key.ts'
import { type BackupPart, checkManifest, checkPart, type Manifest } from '#src/backup/manifest.ts'
import { readPart, readWholePart, type WrittenPart, writePart } from '#src/backup/part-file.ts'
import { syncFolder } from '#src/identity/key-files.ts'
import { compileChecker } from '#src/schema-checker.ts'

/**
 * A folder of backups. `guankou-backups.json` tells how its key is made; `parts/` holds rows, each file written once;
 * `backups/` holds one sealed manifest for each backup. A backup is there from the moment its manifest has its name: whatever
 * ends a run before leaves files that no manifest names.
 */
const headerFile = 'guankou-backups.json'
const runFile = 'unfinished-run'
const manifestSuffix = '.manifest'

const hex = Type.String({ pattern: '^[0-9a-f]+$' })
const checkHeader = compileChecker(
  Type.Object({
    format: Type.Literal(1),
    key: Type.Union([
      Type.Object({ from: Type.Literal('installation'), id: hex }),
      Type.Object({
        from: Type.Literal('passphrase'),
        id: hex,
        salt: hex,
        cost: Type.Integer({ minimum: 10 }),
      }),
    ]),
  }),
)

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT'

const readOrUndefined = (file: string): Promise<string | undefined> =>
  readFile(file, 'utf8').catch((error: unknown) => {
    if (isMissing(error)) return undefined
    throw error
  })

/** The file appears under its name with all it holds, or not at all. */
const writeWhole = async (folder: string, name: string, content: string): Promise<void> => {
  const unfinished = join(folder, `.${name}.unfinished`)
  const handle = await open(unfinished, 'w', 0o600)
  try {
    await handle.writeFile(content)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(unfinished, join(folder, name))
  await syncFolder(folder)
}

const readHeader = async (folder: string): Promise<KeyMark | undefined> => {
  const text = await readOrUndefined(join(folder, headerFile))
  if (text === undefined) return undefined
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    parsed = undefined
  }
  const checked = checkHeader(parsed)
  if (!checked.ok) throw damagedPart(headerFile, 'cannot be read')
  return checked.value.key
}

export type Repository = {
  readonly folder: string
  readonly key: Buffer
}

const noBackups = (folder: string): BackupError =>
  new BackupError('input', {
    en: `There is no complete backup in ${folder}.`,
    zh: `${folder} 中没有完整的备份。`,
  })

/** Opens a folder of backups to read. @throws BackupError where it is none, or the key is another */
export const openRepository = async (folder: string, source: KeySource): Promise<Repository> => {
  const mark = await readHeader(folder)
  if (mark === undefined) throw noBackups(folder)
  return { folder, key: await openBackupKey(source, mark) }
}

/** Opens a folder of backups to write, making it where there is none. @throws BackupError where other files lie there */
export const openOrMakeRepository = async (folder: string, source: KeySource): Promise<Repository> => {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const mark = await readHeader(folder)
  let key: Buffer
  if (mark === undefined) {
    const others = (await readdir(folder)).filter((name) => !name.startsWith('.'))
    if (others.length > 0)
      throw new BackupError('input', {
        en: `${folder} is not empty and no folder of backups; choose another one.`,
        zh: `${folder} 不是空文件夹，也不是备份文件夹，请另选一个。`,
      })
    const made = await makeBackupKey(source)
    await writeWhole(folder, headerFile, `${JSON.stringify({ format: 1, key: made.mark }, null, 2)}\n`)
    key = made.key
  } else key = await openBackupKey(source, mark)
  await mkdir(join(folder, 'parts'), { recursive: true, mode: 0o700 })
  await mkdir(join(folder, 'backups'), { recursive: true, mode: 0o700 })
  return { folder, key }
}

const partFile = ({ folder }: Repository, id: string): string => join(folder, 'parts', `${id}.part`)
const noteFile = ({ folder }: Repository, id: string): string => join(folder, 'parts', `${id}.note`)

/** Writes the rows of a part under a new id; it counts once `notePart` has run. */
export const addPart = async (
  repository: Repository,
  id: string,
  source: AsyncIterable<Buffer>,
): Promise<WrittenPart> => {
  const unfinished = join(repository.folder, 'parts', `.${id}.unfinished`)
  try {
    const written = await writePart(unfinished, id, repository.key, source)
    await rename(unfinished, partFile(repository, id))
    return written
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
}

/** Keeps what a part is beside it, sealed: a later run takes it over where the rows are still the same. */
export const notePart = async (repository: Repository, part: BackupPart): Promise<void> => {
  const note = noteFile(repository, part.id)
  const unfinished = join(repository.folder, 'parts', `.${part.id}.note.unfinished`)
  const name = `note ${part.id}`
  await rm(unfinished, { force: true })
  await writePart(unfinished, name, repository.key, oneBuffer(JSON.stringify(part)))
  await rename(unfinished, note)
}

const oneBuffer = async function* (text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text)
}

const namesIn = (folder: string): Promise<string[]> =>
  readdir(folder).catch((error: unknown) => {
    if (isMissing(error)) return []
    throw error
  })

/** Parts that are complete, by fingerprint; one that cannot be read is passed over, it will be written again. */
export const readNotes = async (repository: Repository): Promise<ReadonlyMap<string, BackupPart>> => {
  const notes = new Map<string, BackupPart>()
  for (const file of await namesIn(join(repository.folder, 'parts'))) {
    if (!file.endsWith('.note') || file.startsWith('.')) continue
    const id = file.slice(0, -'.note'.length)
    const part = { name: `note ${id}`, what: file }
    const read = await readWholePart(noteFile(repository, id), part, repository.key)
      .then((bytes) => checkPart(JSON.parse(bytes.toString())))
      .catch(() => undefined)
    if (read?.ok !== true || read.value.id !== id) continue
    const { size } = await stat(partFile(repository, id)).catch(() => ({ size: -1 }))
    if (size === read.value.bytes) notes.set(read.value.fingerprint, read.value)
  }
  return notes
}

/** The run that was begun and not finished, or a new one. */
export const beginRun = async ({ folder }: Repository, newRun: string): Promise<string> => {
  const begun = await readOrUndefined(join(folder, runFile))
  if (begun !== undefined && /^[0-9a-f]{32}$/.test(begun)) return begun
  await writeWhole(folder, runFile, newRun)
  return newRun
}

/** Ids of the backups that are there, oldest first: they begin with their time. */
export const listBackups = async ({ folder }: Pick<Repository, 'folder'>): Promise<string[]> =>
  (await namesIn(join(folder, 'backups')))
    .filter((name) => name.endsWith(manifestSuffix) && !name.startsWith('.'))
    .map((name) => name.slice(0, -manifestSuffix.length))
    .toSorted()

/** @param id  left out: the newest   @throws BackupError where there is none, or it is damaged */
export const readManifest = async (repository: Repository, id?: string): Promise<Manifest> => {
  const chosen = id ?? (await listBackups(repository)).at(-1)
  if (chosen === undefined) throw noBackups(repository.folder)
  if (!/^[0-9A-Za-z-]+$/.test(chosen)) throw noBackups(repository.folder)
  const what = `the manifest of ${chosen}`
  const file = join(repository.folder, 'backups', `${chosen}${manifestSuffix}`)
  const bytes = await readWholePart(file, { name: `manifest ${chosen}`, what }, repository.key)
  const checked = checkManifest(JSON.parse(bytes.toString()))
  if (!checked.ok) throw damagedPart(what, `is of another form (${checked.detail})`)
  return checked.value
}

/** Gives a backup its name; from here on it is there. */
export const writeManifest = async (repository: Repository, manifest: Manifest): Promise<void> => {
  const folder = join(repository.folder, 'backups')
  // The names of its parts must outlive a loss of power, if the manifest does.
  await syncFolder(join(repository.folder, 'parts'))
  const unfinished = join(folder, `.${manifest.id}.unfinished`)
  await rm(unfinished, { force: true })
  await writePart(unfinished, `manifest ${manifest.id}`, repository.key, oneBuffer(JSON.stringify(manifest)))
  await rename(unfinished, join(folder, `${manifest.id}${manifestSuffix}`))
  await syncFolder(folder)
  await rm(join(repository.folder, runFile), { force: true })
}

/** Reads the rows of a part. @throws BackupError naming it */
export const readRows = (repository: Repository, part: BackupPart): AsyncIterable<Buffer> =>
  readPart(
    partFile(repository, part.id),
    { name: part.id, what: `part ${part.id} (table ${part.table})`, sha256: part.sha256 },
    repository.key,
  )

const partsNamed = async (repository: Repository, ids: readonly string[]): Promise<ReadonlySet<string>> => {
  const named = new Set<string>()
  for (const id of ids) for (const part of (await readManifest(repository, id)).parts) named.add(part.id)
  return named
}

/**
 * Removes all backups but the newest, and parts that none of the rest names. Where one of the rest cannot be read, nothing
 * is removed: its parts may be all that is left of it.
 * @param keep  how many stay; left out: all of them
 * @returns how many backups were removed
 */
export const prune = async (repository: Repository, keep = Number.POSITIVE_INFINITY): Promise<number> => {
  const all = await listBackups(repository)
  const dropped = all.slice(0, Math.max(0, all.length - keep))
  const named = await partsNamed(repository, all.slice(dropped.length)).catch(() => undefined)
  if (named === undefined) return 0
  for (const id of dropped) await rm(join(repository.folder, 'backups', `${id}${manifestSuffix}`))
  const folder = join(repository.folder, 'parts')
  for (const file of await readdir(folder)) {
    const id = file.replace(/^\./, '').split('.')[0] ?? ''
    if (!named.has(id)) await rm(join(folder, file), { force: true })
  }
  return dropped.length
}
