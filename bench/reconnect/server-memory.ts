import { readFileSync } from 'node:fs'

const megabytes = (pid: number, name: 'VmHWM' | 'VmRSS'): number | null => {
  try {
    const match = new RegExp(`${name}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
    return match?.[1] === undefined ? null : Math.round(Number(match[1]) / 1_024)
  } catch {
    return null
  }
}

/** The most memory that a process ever held, MB (proc(5)); null where there is no `/proc`. */
export const peakMegabytes = (pid: number): number | null => megabytes(pid, 'VmHWM')

export const residentMegabytes = (pid: number): number | null => megabytes(pid, 'VmRSS')
