import { execFileSync } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectRefusal, queryOnce, temporaryFolder } from './launch-fixture.ts'
import { startEmbeddedPostgres } from './start-embedded-postgres.ts'

/** Mounts a small file system in memory; needs root. */
function mountSmall(folder: string, megabytes: number): string | undefined {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], { stdio: 'pipe' })
    return undefined
  } catch (error) {
    return error instanceof Error ? (error.message.split('\n').at(-2) ?? error.message) : String(error)
  }
}

describe('a full disk', () => {
  let temporary: Awaited<ReturnType<typeof temporaryFolder>>
  const mounted: string[] = []

  beforeAll(async () => {
    temporary = await temporaryFolder()
  })
  afterAll(async () => {
    for (const folder of mounted) execFileSync('umount', [folder])
    await temporary.remove()
  })

  /** A data folder on a disk of this size; undefined, with the reason printed, where none can be mounted. */
  async function smallDisk(megabytes: number): Promise<string | undefined> {
    const folder = path.join(temporary.folder, `disk-${megabytes}`)
    await mkdir(folder)
    const failure = mountSmall(folder, megabytes)
    if (failure !== undefined) {
      console.log(`not tried on a small disk, because none can be mounted: ${failure}`)
      return undefined
    }
    mounted.push(folder)
    return path.join(folder, 'data')
  }

  it('is noticed before anything is written', async () => {
    const dataFolder = path.join(temporary.folder, 'data')
    const start = startEmbeddedPostgres({ dataFolder, minimumFreeBytes: Number.MAX_SAFE_INTEGER })
    const refusal = await expectRefusal(start, 'DISK_FULL')
    expect(refusal.message).toMatch(/\d+ MB left/)
  })

  it('is noticed on a disk that is too small', async () => {
    const dataFolder = await smallDisk(30)
    if (dataFolder !== undefined) await expectRefusal(startEmbeddedPostgres({ dataFolder }), 'DISK_FULL')
  })

  it('is named when it shows while the cluster is made, and leaves nothing half made', async () => {
    const dataFolder = await smallDisk(20)
    if (dataFolder === undefined) return
    await expectRefusal(startEmbeddedPostgres({ dataFolder, minimumFreeBytes: 0 }), 'DISK_FULL')
    execFileSync('mount', ['-o', 'remount,size=300m', path.dirname(dataFolder)])
    const running = await startEmbeddedPostgres({ dataFolder, minimumFreeBytes: 0 })
    expect(await queryOnce(running.url, 'SELECT 1 AS one')).toEqual({ one: 1 })
    await running.stop()
  })

  it('is named when it shows at a later start', async () => {
    const dataFolder = await smallDisk(120)
    if (dataFolder === undefined) return
    const running = await startEmbeddedPostgres({ dataFolder, minimumFreeBytes: 0 })
    await running.stop('immediate')
    await writeFile(path.join(dataFolder, 'ballast'), Buffer.alloc(110 * 2 ** 20)).catch(() => undefined)
    await expectRefusal(startEmbeddedPostgres({ dataFolder, minimumFreeBytes: 0 }), 'DISK_FULL')
  })
})
