import { spawn } from 'node:child_process'
import path from 'node:path'

/** Watches over one server; `dismiss()` once that has ended. */
export type Guard = { dismiss(): void }

/**
 * Waits for its standard input to end, which the operating system sees to however we end, then asks the server to stop,
 * if it still is the one noted in the cluster.
 */
const script = [
  'read -r _',
  'read -r pid < "$1" || exit 0',
  'if [ "$pid" = "$2" ]; then kill -INT "$2"; fi',
].join('\n')

/**
 * Starts a small shell that stops PostgreSQL when this process is gone, killed or not. Where there is no shell the
 * next start finds and stops the leftover server.
 */
export function postGuard(clusterFolder: string, postmasterPid: number): Guard {
  if (process.platform === 'win32') return { dismiss() {} }
  const noteFile = path.join(clusterFolder, 'postmaster.pid')
  const child = spawn('/bin/sh', ['-c', script, 'guankou-postgres-guard', noteFile, String(postmasterPid)], {
    // A session of its own: the Ctrl-C of a terminal must reach us only.
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  child.on('error', () => {})
  child.stdin?.on('error', () => {})
  child.unref()
  const input = child.stdin
  if (input && 'unref' in input && typeof input.unref === 'function') input.unref()
  return {
    dismiss() {
      child.kill('SIGKILL')
      input?.destroy()
    },
  }
}
