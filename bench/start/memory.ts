import { readdir, readFile } from 'node:fs/promises'

export type Megabytes = {
  /** Resident pages, each divided by the number of processes that share it. */
  readonly proportional: number
  /** Resident pages, shared ones counted in each process. */
  readonly resident: number
}

/** Memory of the parts of a demo: the Node process of the server, PostgreSQL with all its backends, and the launcher. */
export type DemoMemory = Readonly<Record<'server' | 'postgres' | 'launcher', Megabytes>>

type Process = { readonly pid: number; readonly parent: number; readonly name: string }

const readProcess = async (pid: number): Promise<Process | undefined> => {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
    // The name stands in brackets and may hold anything, brackets too.
    const end = stat.lastIndexOf(')')
    const parent = Number(stat.slice(end + 2).split(' ')[1])
    return { pid, parent, name: stat.slice(stat.indexOf('(') + 1, end) }
  } catch {
    return undefined
  }
}

const descendantsOf = (pid: number, all: readonly Process[]): Process[] =>
  all.filter((each) => each.parent === pid).flatMap((child) => [child, ...descendantsOf(child.pid, all)])

const memoryOf = async (pids: readonly number[]): Promise<Megabytes> => {
  let proportional = 0
  let resident = 0
  for (const pid of pids) {
    const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '')
    proportional += Number(/^Pss:\s+(\d+)/m.exec(text)?.[1] ?? 0)
    resident += Number(/^Rss:\s+(\d+)/m.exec(text)?.[1] ?? 0)
  }
  return { proportional: proportional / 1_024, resident: resident / 1_024 }
}

/**
 * Reads the memory of a demo from `/proc`.
 * @param launcher  process id
 * @returns megabytes of 2^20 bytes, or undefined where there is no `/proc`
 */
export const readDemoMemory = async (launcher: number): Promise<DemoMemory | undefined> => {
  const names = await readdir('/proc').catch(() => [])
  const found = await Promise.all(
    names.filter((name) => /^\d+$/.test(name)).map((name) => readProcess(Number(name))),
  )
  const all = found.filter((each) => each !== undefined)
  const [main] = all.filter((each) => each.parent === launcher)
  if (main === undefined) return undefined
  const below = descendantsOf(main.pid, all)
  const databases = below.filter((each) => each.name.startsWith('postgres')).map((each) => each.pid)
  const servers = [main.pid, ...below.map((each) => each.pid).filter((pid) => !databases.includes(pid))]
  return {
    server: await memoryOf(servers),
    postgres: await memoryOf(databases),
    launcher: await memoryOf([launcher]),
  }
}
