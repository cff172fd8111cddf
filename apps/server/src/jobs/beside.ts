import { fork } from 'node:child_process'
import { once } from 'node:events'

/**
 * Has a program do one piece of work in a process of its own, whose memory goes back to the machine with it; what is too
 * much for it ends that process and not the server.
 * @param heap  bounds of its heap, as options of Node   @param stop  asks it to end after what it is writing
 * @throws Error where the process ended without a word
 */
export const workBeside = async <Order extends object, Report>(
  { program, heap }: { readonly program: string; readonly heap: readonly string[] },
  order: Order,
  stop: AbortSignal,
): Promise<Report> => {
  const child = fork(program, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], execArgv: [...heap] })
  const ended = once(child, 'exit')
  let told: { readonly report: Report } | undefined
  child.on('message', (message: { readonly report: Report }) => {
    told = message
  })
  const tell = (): void => void (child.connected && child.send('stop'))
  child.send(order)
  if (stop.aborted) tell()
  stop.addEventListener('abort', tell)
  try {
    const [exitCode, exitSignal] = await ended
    if (told === undefined)
      throw new Error(`the process beside the server ended with ${exitCode ?? exitSignal}`)
    return told.report
  } finally {
    stop.removeEventListener('abort', tell)
  }
}

/** The other side: does the one piece of work that it is told, and ends. */
export const serveOrder = <Order, Report>(
  work: (order: Order, isStopped: () => boolean) => Promise<Report>,
): void => {
  let isStopped = false
  // The Ctrl-C of a terminal reaches us as well; the server tells us to stop, or is gone.
  for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined)
  process.on('disconnect', () => {
    isStopped = true
  })
  process.on('message', (message: Order | 'stop') => {
    if (message === 'stop') {
      isStopped = true
      return
    }
    work(message, () => isStopped).then(
      (report) => process.send?.({ report }, () => process.disconnect()),
      (error: unknown) => {
        process.stderr.write(`work beside the server did not end well: ${String(error)}\n`)
        process.exit(1)
      },
    )
  })
}
