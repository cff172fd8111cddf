import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BackupError } from './backup-error.ts'
import { readWholePart, writePart } from './part-file.ts'

const key = randomBytes(32)

describe('a part of a backup', () => {
  let folder: string
  let serial = 0
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'guankou-part-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))
  const source = async function* (pieces: readonly Buffer[]) {
    yield* pieces
  }
  const write = async (pieces: readonly Buffer[]) => {
    serial += 1
    const file = join(folder, `${serial}.part`)
    return { file, ...(await writePart(file, 'one', key, source(pieces))) }
  }
  const part = { name: 'one', what: 'part one' }
  const refused = (file: string, also: Partial<typeof part & { sha256: string }> = {}, under = key) =>
    expect(readWholePart(file, { ...part, ...also }, under)).rejects.toBeInstanceOf(BackupError)

  it('gives back what was written, whatever the pieces, and hides it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 20 }), async (pieces) => {
        const { file, sha256 } = await write(pieces.map((piece) => Buffer.from(piece)))
        expect(await readWholePart(file, { ...part, sha256 }, key)).toEqual(Buffer.concat(pieces))
      }),
      { numRuns: 30 },
    )
    const { file } = await write([Buffer.from('guankou '.repeat(1_000))])
    const bytes = await readFile(file)
    expect(bytes.length).toBeLessThan(500)
    expect(bytes.includes('guankou')).toBe(false)
  })

  it('takes more than one chunk', async () => {
    const plain = randomBytes(3 * 2 ** 20 + 17)
    const { file, bytes } = await write([plain.subarray(0, 5), plain.subarray(5)])
    expect(bytes).toBeGreaterThan(plain.length)
    expect((await readWholePart(file, part, key)).equals(plain)).toBe(true)
  })

  it('is refused under another key, under another name, and with another sum', async () => {
    const { file } = await write([randomBytes(100)])
    await refused(file, {}, randomBytes(32))
    await refused(file, { name: 'two' })
    await refused(file, { sha256: '0'.repeat(64) })
    await refused(join(folder, 'nowhere'))
  })

  it('is refused where any byte is another one, and where it is cut or longer', async () => {
    const { file } = await write([randomBytes(2 ** 20), randomBytes(2 ** 20)])
    const good = await readFile(file)
    const [first, second] = [40, 40 + 4 + 2 ** 20 + 16]
    const changed = [0, 20, first, first + 1, first + 5, second, second + 3, second + 9, good.length - 1]
    for (const place of changed) {
      const bad = Buffer.from(good)
      bad.writeUInt8(bad.readUInt8(place) ^ 0x80, place)
      await writeFile(file, bad)
      await refused(file)
    }
    for (const length of [0, 10, first, first + 100, second, second + 50, good.length - 1]) {
      await writeFile(file, good.subarray(0, length))
      await refused(file)
    }
    await writeFile(file, Buffer.concat([good, Buffer.from([0])]))
    await refused(file)
    // Whole chunks that change places.
    await writeFile(
      file,
      Buffer.concat([good.subarray(0, first), good.subarray(second), good.subarray(first, second)]),
    )
    await refused(file)
  })
})
