import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'

/** As the server sends them: pages may run what is ours, and the worker that reads pictures may compile and not call. */
export const pagePolicy =
  "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; worker-src 'self'; object-src 'none'; base-uri 'self'"
export const workerPolicy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'"

export const policyOf = (path: string): string =>
  /\/capture-[^/]+\.js$/.test(path) ? workerPolicy : pagePolicy

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
}

export const typeOf = (path: string): string => types[extname(path)] ?? 'application/octet-stream'

/** Serves a built folder under / as the server would. */
export const serveFolder = async (folder: string) => {
  const asked: string[] = []
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    asked.push(pathname)
    const path = pathname === '/' ? '/index.html' : pathname
    readFile(join(folder, path)).then(
      (bytes) => {
        response.writeHead(200, { 'content-type': typeOf(path), 'content-security-policy': policyOf(path) })
        response.end(bytes)
      },
      () => response.writeHead(404).end(),
    )
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  const close = () =>
    new Promise<void>((resolve) => {
      server.closeAllConnections()
      server.close(() => resolve())
    })
  return { url: `http://localhost:${port}`, asked, close }
}
