import { execFileSync } from 'node:child_process'
import { type FileHandle, lchown, open, readdir, stat } from 'node:fs/promises'
import path from 'node:path'

/**
 * As whom PostgreSQL runs. It refuses to run as root, so under root it runs as the owner of an existing cluster, else
 * as `nobody`. Without root there is no choice and both ids are undefined.
 */
export type PostgresUser = { readonly uid: number; readonly gid: number } | undefined

const fallbackNobody = 65534

/** @param clusterFolder an existing cluster keeps the owner it has */
export async function choosePostgresUser(clusterFolder: string): Promise<PostgresUser> {
  if (process.getuid === undefined || process.getuid() !== 0) return undefined
  const owner = await stat(clusterFolder).catch(() => undefined)
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  return { uid: idOfNobody('-u'), gid: idOfNobody('-g') }
}

function idOfNobody(flag: '-u' | '-g'): number {
  try {
    const id = Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8', stdio: 'pipe' }).trim())
    return Number.isInteger(id) && id > 0 ? id : fallbackNobody
  } catch {
    return fallbackNobody
  }
}

/**
 * Gives a cluster that root owns, for instance one that root put back from a backup, to the user who is to run it.
 */
export async function takeOverFromRoot(user: PostgresUser, clusterFolder: string): Promise<void> {
  if (user === undefined || (await stat(clusterFolder)).uid !== 0) return
  for (const name of await readdir(clusterFolder, { recursive: true }))
    await lchown(path.join(clusterFolder, name), user.uid, user.gid)
  await lchown(clusterFolder, user.uid, user.gid)
}

/** Whether the mode bits of every folder from the root down to `folder` let `user` pass through. */
export async function canEnter(user: PostgresUser, folder: string): Promise<boolean> {
  if (user === undefined) return true
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    const { mode, uid, gid } = await stat(at)
    const searchBit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001
    if ((mode & searchBit) === 0) return false
    if (at === path.dirname(at)) return true
  }
}

/**
 * A folder as a child process of another user can name it.
 *
 * Under root on Linux the folder often lies below one the other user may not enter (`/root`, a temporary folder of
 * mode 0700). An open descriptor handed to the child leads there all the same, through `/proc/self/fd`, and nobody's
 * modes need to be widened. Descriptor 3 is the first after standard input, output and error.
 */
export type ReachableFolder = {
  readonly pathForChild: string
  readonly extraDescriptors: readonly number[]
  close(): Promise<void>
}

const firstExtraDescriptor = 3

/** @param folder exists and is owned by `user` */
export async function reachFolder(user: PostgresUser, folder: string): Promise<ReachableFolder> {
  if (user === undefined || process.platform !== 'linux')
    return { pathForChild: folder, extraDescriptors: [], close: async () => {} }
  const handle: FileHandle = await open(folder, 'r')
  return {
    pathForChild: `/proc/self/fd/${firstExtraDescriptor}`,
    extraDescriptors: [handle.fd],
    close: () => handle.close(),
  }
}
