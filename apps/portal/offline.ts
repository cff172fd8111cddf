import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Plugin } from 'vite'

const worker = new URL('offline-worker.js', import.meta.url)

/**
 * Writes the worker that opens the portal without a network, with the list of what was built: whoever declared at home
 * shows the code at a post where there is no signal, on a phone that has long dropped the page from its memory.
 * Answers of the interface are never kept by it.
 */
export const openOffline = (): Plugin => ({
  name: 'guankou-open-offline',
  apply: 'build',
  enforce: 'post',
  generateBundle(_, bundle) {
    const parts = Object.keys(bundle).filter((name) => name.startsWith('assets/'))
    const files = ['/portal/', ...parts.sort().map((name) => `/portal/${name}`)]
    const script = readFileSync(worker, 'utf8')
    const digest = createHash('sha256').update(script).update(files.join('\n')).digest('hex').slice(0, 16)
    const head = `const cacheName = 'guankou-portal-${digest}'\nconst files = ${JSON.stringify(files)}\n`
    this.emitFile({ type: 'asset', fileName: 'offline-worker.js', source: head + script })
  },
})
