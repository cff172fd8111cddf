import { spawn } from 'node:child_process'
import type { PostgresUser, ReachableFolder } from './postgres-user.ts'

/** What a program of PostgreSQL did: its exit code (null after a signal) and what it wrote, by line. */
export type ProgramResult = { readonly exitCode: number | null; readonly lines: readonly string[] }

const keptCharacters = 65_536

/**
 * The environment PostgreSQL's programs get. None of ours is passed on: `PGDATA`, `PGPORT`, `LANG` and the like would
 * change what they do.
 */
export function programEnvironment(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot, TEMP, TMP } = process.env
  return { PATH, SystemRoot, TEMP, TMP, LC_ALL: 'C', TZ: 'UTC' }
}

/** Runs one program to its end, as the chosen user, with `input` on its standard input. */
export async function runProgram(
  program: string,
  args: readonly string[],
  options: { readonly user: PostgresUser; readonly reach: ReachableFolder; readonly input?: string },
): Promise<ProgramResult> {
  const { user, reach, input = '' } = options
  const child = spawn(program, args, {
    ...user,
    cwd: '/',
    env: programEnvironment(),
    stdio: ['pipe', 'pipe', 'pipe', ...reach.extraDescriptors],
    windowsHide: true,
  })
  let text = ''
  const keep = (chunk: string) => {
    text = (text + chunk).slice(-keptCharacters)
  }
  child.stdout?.setEncoding('utf8').on('data', keep)
  child.stderr?.setEncoding('utf8').on('data', keep)
  // A program that ends before it read its input is judged by its exit, not by the broken pipe.
  child.stdin?.on('error', () => {})
  child.stdin?.end(input)
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  return { exitCode, lines: text.split('\n').filter(Boolean) }
}
