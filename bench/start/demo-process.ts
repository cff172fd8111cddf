import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import net from 'node:net'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const guankou = fileURLToPath(new URL('../../apps/server/bin/guankou.mjs', import.meta.url))
const pollMilliseconds = 10

const freePort = async (): Promise<number> => {
  const server = net.createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

const isHealthy = async (port: number): Promise<boolean> => {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/api/health`)
    await response.arrayBuffer()
    return response.ok
  } catch {
    return false
  }
}

/**
 * Resolves at the last of the lines with addresses, when a person can sign in.
 * @returns the number of screenings that were recorded before, 0 where none were said to be
 */
const linksPrinted = async (child: ChildProcess): Promise<number> => {
  if (child.stdout === null) throw new Error('the demo has no output')
  let recorded = 0
  for await (const line of createInterface({ input: child.stdout })) {
    recorded = Number(/(\d+) screenings up to now/.exec(line)?.[1] ?? recorded)
    if (line.includes('Ctrl-C')) {
      child.stdout.resume()
      return recorded
    }
  }
  throw new Error('the demo ended before it printed its addresses')
}

export type RunningDemo = {
  /** Of the launcher; the server is its child. */
  readonly pid: number
  /** From starting the launcher to the first good answer of `GET /api/health`. */
  readonly healthySeconds: number
  /** From starting the launcher to the printed sign-in links. */
  readonly linksSeconds: number
  /** Screenings of the past that were recorded before the links were printed. */
  readonly recorded: number
  /** @throws Error where it had ended by itself */
  readonly stop: () => Promise<void>
}

/** Runs `guankou demo` on a data folder as a person would, and waits until the links are printed. */
export const startDemo = async (
  dataFolder: string,
  options: { readonly traffic: boolean },
): Promise<RunningDemo> => {
  const port = await freePort()
  const args = [guankou, 'demo', '--data-folder', dataFolder, '--port', String(port)]
  const environment = { ...process.env }
  delete environment.DATABASE_URL
  const startedAt = performance.now()
  const seconds = (): number => (performance.now() - startedAt) / 1_000
  const child = spawn(process.execPath, [...args, ...(options.traffic ? [] : ['--no-traffic'])], {
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  if (child.pid === undefined) throw new Error('the demo did not start')
  const healthy = async (): Promise<number> => {
    while (child.exitCode === null && !(await isHealthy(port))) await pause(pollMilliseconds)
    return seconds()
  }
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null) throw new Error(`the demo ended with ${child.exitCode}`)
    child.kill('SIGTERM')
    await exited
  }
  try {
    const [healthySeconds, links] = await Promise.all([
      healthy(),
      linksPrinted(child).then((recorded) => ({ recorded, linksSeconds: seconds() })),
    ])
    return { pid: child.pid, healthySeconds, ...links, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
