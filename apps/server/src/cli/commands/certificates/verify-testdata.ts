import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { readPicture } from '#src/certificates/read-picture.ts'
import { type CheckedStep, runCase, type TestdataCase } from '#src/certificates/testdata-case.ts'
import { CommandFailure, exitCodes } from '#src/cli/exit-codes.ts'

export type TestdataFile = {
  readonly file: string
  readonly description: string
  readonly passed: boolean
  readonly checks: readonly CheckedStep[]
}

export type TestdataReport = {
  readonly folder: string
  readonly cases: number
  readonly passed: number
  readonly checks: { readonly asExpected: number; readonly otherwise: number; readonly notPossible: number }
  readonly failed: readonly TestdataFile[]
  readonly files: readonly TestdataFile[]
}

const isCaseFile = (path: string): boolean => /\.json$/i.test(path)

const parse = (text: string): TestdataCase | undefined => {
  try {
    // Some files begin with a byte order mark.
    const parsed: unknown = JSON.parse(text.replace(/^\ufeff/, ''))
    const isCase = typeof parsed === 'object' && parsed !== null && 'EXPECTEDRESULTS' in parsed
    return isCase ? (parsed as TestdataCase) : undefined
  } catch {
    return undefined
  }
}

const runFile = async (folder: string, path: string): Promise<TestdataFile | undefined> => {
  const given = parse(await readFile(path, 'utf8'))
  if (given === undefined) return undefined
  const checks = await runCase(given, readPicture)
  return {
    file: relative(folder, path),
    description: given.TESTCTX?.DESCRIPTION ?? '',
    passed: checks.every(({ expected, got }) => got === null || got === expected),
    checks,
  }
}

/** Runs every case in a folder of the test data of the EU Digital COVID Certificate, whatever folders are in it. */
export const verifyTestdata = async (folder: string): Promise<TestdataReport> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((cause: unknown) => {
    throw new CommandFailure(`${folder} cannot be read. · 无法读取文件夹。`, exitCodes.badInput, { cause })
  })
  const paths = entries
    .filter((entry) => entry.isFile() && isCaseFile(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
  const files: TestdataFile[] = []
  for (const path of paths) {
    const file = await runFile(folder, path)
    if (file !== undefined) files.push(file)
  }
  const checks = files.flatMap((file) => file.checks)
  return {
    folder,
    cases: files.length,
    passed: files.filter(({ passed }) => passed).length,
    checks: {
      asExpected: checks.filter(({ expected, got }) => got === expected).length,
      otherwise: checks.filter(({ expected, got }) => got !== null && got !== expected).length,
      notPossible: checks.filter(({ got }) => got === null).length,
    },
    failed: files.filter(({ passed }) => !passed),
    files,
  }
}
