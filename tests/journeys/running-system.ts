import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Database, openDatabase } from '@guankou/db/database.ts'
import { readRunning } from '@guankou/db/embedded/read-running.ts'

const cli = fileURLToPath(new URL('../../apps/server/src/cli/main.ts', import.meta.url))

export type RunningSystem = {
  readonly origin: string
  readonly consoleLink: string
  readonly fieldLink: string
  readonly db: Database
  /** Runs another command beside the server. @returns its exit code */
  readonly run: (...args: readonly string[]) => Promise<number | null>
  /** Runs another command beside the server. @returns what it prints */
  readonly ask: (...args: readonly string[]) => Promise<string>
  readonly stop: () => Promise<void>
}

type Links = { readonly consoleLink: string; readonly fieldLink: string }

const readLinks = (process: ChildProcess): Promise<Links> =>
  new Promise((resolve, reject) => {
    let printed = ''
    process.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      printed += chunk
      const consoleLink = /http:\S+\/console\/sign-in#token=\S+/.exec(printed)?.[0]
      const fieldLink = /http:\S+\/field\/sign-in#token=\S+/.exec(printed)?.[0]
      if (consoleLink !== undefined && fieldLink !== undefined && printed.includes('Ctrl-C'))
        resolve({ consoleLink, fieldLink })
    })
    process.once('exit', () => reject(new Error(`the system ended before it printed its links:\n${printed}`)))
  })

type SystemOptions = {
  /** What a city would write into `sign-in.json`. */
  readonly signInSettings?: object
  /** Whether the models are run, which takes a whole core for as long as a journey; else what they say is missing. */
  readonly runsModels?: boolean
}

/** The system as `npm start` runs it, in a folder of its own and without synthetic traffic. */
export const startRunningSystem = async ({
  signInSettings,
  runsModels = false,
}: SystemOptions = {}): Promise<RunningSystem> => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'guankou-journey-'))
  if (signInSettings !== undefined)
    await writeFile(join(dataFolder, 'sign-in.json'), JSON.stringify(signInSettings))
  const { DATABASE_URL: _, ...env } = process.env
  const server = spawn(
    process.execPath,
    [
      cli,
      'demo',
      '--no-traffic',
      ...(runsModels ? [] : ['--no-models']),
      '--port',
      '0',
      '--data-folder',
      dataFolder,
    ],
    { env, stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const links = await readLinks(server)
  const running = await readRunning(dataFolder)
  if (running === undefined) throw new Error('the system runs no database')
  const db = openDatabase({ url: running.url, maxConnections: 2 })
  return {
    ...links,
    origin: new URL(links.consoleLink).origin,
    db,
    run: async (...args) => {
      const command = spawn(process.execPath, [cli, ...args, '--data-folder', dataFolder], {
        env,
        stdio: 'ignore',
      })
      const [code] = await once(command, 'exit')
      return code as number | null
    },
    ask: async (...args) => {
      const command = spawn(process.execPath, [cli, ...args, '--data-folder', dataFolder], {
        env,
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      let printed = ''
      for await (const chunk of command.stdout.setEncoding('utf8')) printed += String(chunk)
      return printed
    },
    stop: async () => {
      await db.close()
      server.kill('SIGINT')
      if (server.exitCode === null) await once(server, 'exit')
      await rm(dataFolder, { recursive: true, force: true })
    },
  }
}
