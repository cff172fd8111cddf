import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib'
import fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { captureWorkerPolicy } from './capture-policy.ts'
import { registerFronts } from './fronts.ts'
import { registerSecurityHeaders } from './security-headers.ts'

describe('the fronts', () => {
  let folder: string
  let app: FastifyInstance
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'guankou-fronts-'))
    const assets = join(folder, 'field', 'assets')
    await mkdir(assets, { recursive: true })
    await writeFile(join(folder, 'field', 'index.html'), '<!doctype html>')
    for (const name of ['capture-capture-worker-Ab_1.js', 'index-Cd2.js', 'capture-model-Ef.gz'])
      await writeFile(join(assets, name), 'x')
    for (const name of ['capture-capture-worker-Ab_1.js', 'index-Cd2.js'])
      await writeFile(join(assets, `${name}.br`), brotliCompressSync(`// ${name}`))
    app = fastify()
    await registerSecurityHeaders(app, null)
    await registerFronts(app, (front) => `${join(folder, front)}/`)
  })
  afterAll(async () => {
    await app.close()
    await rm(folder, { recursive: true })
  })
  const policyOf = async (url: string): Promise<string> => {
    const { statusCode, headers } = await app.inject({ url })
    expect(statusCode).toBe(200)
    return String(headers['content-security-policy'])
  }

  it('let the worker that reads pictures compile, and call nobody', async () => {
    expect(await policyOf('/field/assets/capture-capture-worker-Ab_1.js')).toBe(captureWorkerPolicy)
    expect(captureWorkerPolicy).toContain("default-src 'none'")
    expect(captureWorkerPolicy).not.toMatch(/connect-src|unsafe-inline|'unsafe-eval'/)
  })

  it('let no page and no other script do so', async () => {
    for (const url of [
      '/field/',
      '/field/lane',
      '/field/assets/index-Cd2.js',
      '/field/assets/capture-model-Ef.gz',
    ]) {
      const policy = await policyOf(url)
      expect(policy).toContain("script-src 'self';")
      expect(policy).not.toContain('unsafe')
    }
  })

  it('come as they were compressed when they were built, with the headers of what they are', async () => {
    const get = (name: string, encoding?: string) =>
      app.inject({
        url: `/field/assets/${name}`,
        ...(encoding === undefined ? {} : { headers: { 'accept-encoding': encoding } }),
      })
    for (const name of ['capture-capture-worker-Ab_1.js', 'index-Cd2.js']) {
      const { headers, rawPayload } = await get(name, 'gzip, deflate, br')
      expect(headers['content-encoding']).toBe('br')
      expect(headers['content-type']).toMatch(/javascript/)
      expect(headers['cache-control']).toContain('immutable')
      expect(headers.vary).toContain('accept-encoding')
      expect(brotliDecompressSync(rawPayload).toString()).toBe(`// ${name}`)
      expect((await get(name)).payload).toBe('x')
    }
    const worker = await get('capture-capture-worker-Ab_1.js', 'br')
    expect(worker.headers['content-security-policy']).toBe(captureWorkerPolicy)
    expect((await get('capture-model-Ef.gz', 'br')).payload).toBe('x')
  })

  it('may use the camera and thermometers, and no microphone', async () => {
    const { headers } = await app.inject({ url: '/field/' })
    expect(headers['permissions-policy']).toMatch(/camera=\(self\)/)
    expect(headers['permissions-policy']).toMatch(/bluetooth=\(self\)/)
    expect(headers['permissions-policy']).toMatch(/microphone=\(\)/)
  })
})
