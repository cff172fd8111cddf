import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { captureWorkerPolicy, isCaptureWorker } from '#src/http/capture-policy.ts'

/** What the server serves pages of. */
export const fronts = ['console', 'field', 'portal'] as const

/** Where a front lies when it is built, with a slash at the end. */
export const folderOf = (front: string): string =>
  fileURLToPath(new URL(`../../../${front}/dist/`, import.meta.url))

/** A page address as against a missing file: its last part has no extension. */
export const isPage = (path: string): boolean => !/\.[a-z0-9]+$/i.test(path)

/** Serves the built fronts; addresses inside a front that are no file answer its one page. */
export const registerFronts = async (
  app: FastifyInstance,
  folder: (front: string) => string = folderOf,
): Promise<void> => {
  const built = fronts.filter((front) => existsSync(`${folder(front)}index.html`))
  for (const [index, front] of built.entries()) {
    await app.register(fastifyStatic, {
      root: folder(front),
      prefix: `/${front}/`,
      decorateReply: index === 0,
      redirect: true,
      cacheControl: false,
      // Scripts and styles were compressed once, when the front was built; whatever was not is compressed on its way.
      preCompressed: true,
      setHeaders: (reply, sent) => {
        const path = sent.replace(/\.br$/, '')
        const immutable = path.includes('/assets/')
        reply.header('cache-control', immutable ? 'public, max-age=31536000, immutable' : 'no-cache')
        reply.header('vary', 'accept-encoding')
        if (isCaptureWorker(path)) reply.header('content-security-policy', captureWorkerPolicy)
      },
    })
  }
  app.get('/', { schema: { hide: true } }, (_, reply) => reply.redirect('/portal/'))
  app.addHook('onRequest', async (request, reply) => {
    if (request.method !== 'GET') return
    const path = request.url.split('?')[0] ?? '/'
    const front = built.find((name) => path.startsWith(`/${name}/`))
    if (front !== undefined && isPage(path) && path !== `/${front}/`)
      return reply.header('cache-control', 'no-cache').sendFile('index.html', folder(front))
  })
}
