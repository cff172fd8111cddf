import { existsSync, readdirSync, readFileSync } from 'node:fs'

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

/** Processes that another started and that still run. */
export const childrenOf = (pid: number): readonly number[] => {
  if (!existsSync('/proc')) return []
  return readdirSync('/proc')
    .map(Number)
    .filter((each) => {
      if (!Number.isInteger(each)) return false
      try {
        return new RegExp(`^PPid:\\s+${pid}$`, 'm').test(readFileSync(`/proc/${each}/status`, 'utf8'))
      } catch {
        return false
      }
    })
}
