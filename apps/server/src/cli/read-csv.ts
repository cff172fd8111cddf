import { open } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import type { Bilingual } from '@guankou/contract/primitives.ts'
import {
  type CsvRow,
  type InputError,
  type Parsed,
  requireColumns,
} from '@guankou/simulator/inputs/input-errors.ts'
import { CsvError, parse } from 'csv-parse/sync'
import { CommandFailure, exitCodes } from '#src/cli/exit-codes.ts'

const mostBytes = 64 * 2 ** 20
const sampleBytes = 65_536
const longestRecord = 65_536

const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b

const whole = (reason: Bilingual): InputError => ({ row: null, column: null, reason })

const refuse = (error: InputError): Parsed<never> => ({ ok: false, errors: [error], errorCount: 1 })

const notText = refuse(
  whole({ en: 'the file is not text (it holds zero bytes)', zh: '文件不是文本（含有零字节）' }),
)

const tooLarge = refuse(
  whole({
    en: `the file has more than ${mostBytes / 2 ** 20} MB`,
    zh: `文件超过 ${mostBytes / 2 ** 20} MB`,
  }),
)

/** The text of a file, unpacked where it is gzip. */
const readText = async (file: string): Promise<Parsed<string>> => {
  const handle = await open(file, 'r')
  try {
    const { size } = await handle.stat()
    if (size === 0) return refuse(whole({ en: 'the file is empty', zh: '文件是空的' }))
    const sample = Buffer.alloc(Math.min(size, sampleBytes))
    await handle.read(sample, 0, sample.length, 0)
    if (sample.includes(0) && !isGzip(sample)) return notText
    if (size > mostBytes) return tooLarge
    const stored = await handle.readFile()
    const bytes = isGzip(stored) ? gunzipSync(stored, { maxOutputLength: mostBytes }) : stored
    return { ok: true, value: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') return tooLarge
    if (String((error as NodeJS.ErrnoException).code).startsWith('Z_'))
      return refuse(whole({ en: 'the file is damaged as gzip', zh: 'gzip 文件已损坏' }))
    if (error instanceof TypeError)
      return refuse(whole({ en: 'the file is not UTF-8 text', zh: '文件不是 UTF-8 文本' }))
    throw error
  } finally {
    await handle.close()
  }
}

const parseRows = (text: string, columns: readonly string[]): Parsed<CsvRow[]> => {
  let headerErrors: readonly InputError[] = []
  try {
    const parsed: unknown = parse(text, {
      columns: (header: string[]) => {
        headerErrors = requireColumns(header, columns)
        return header
      },
      bom: true,
      info: true,
      skip_empty_lines: true,
      max_record_size: longestRecord,
    })
    if (headerErrors.length > 0) return { ok: false, errors: headerErrors, errorCount: headerErrors.length }
    const records = parsed as { info: { lines: number }; record: Record<string, string> }[]
    return { ok: true, value: records.map(({ info, record }) => ({ row: info.lines, cells: record })) }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    if (headerErrors.length > 0) return { ok: false, errors: headerErrors, errorCount: headerErrors.length }
    const row = typeof error.lines === 'number' ? error.lines : null
    const reason = { en: `not readable as CSV (${error.code})`, zh: `无法按 CSV 读取（${error.code}）` }
    return refuse({ row, column: null, reason })
  }
}

const describe = ({ row, column, reason }: InputError): string => {
  const where = [row === null ? '' : `row ${row}`, column ?? ''].filter((part) => part !== '').join(', ')
  return `  ${where === '' ? '' : `${where}: `}${reason.en} · ${reason.zh}`
}

/** The failure that a refused file ends in, with every listed row and reason. */
const refusedFile = (file: string, errors: readonly InputError[], count: number): CommandFailure => {
  const more =
    count > errors.length ? [`  … ${count - errors.length} more · 另有 ${count - errors.length} 处`] : []
  const lines = [`${file} was refused · 文件被拒绝`, ...errors.map(describe), ...more]
  return new CommandFailure(lines.join('\n'), exitCodes.badInput)
}

/**
 * Reads a CSV file and hands its rows to a parser of the simulator.
 * @throws CommandFailure with row and reason where file or rows are refused
 */
export const readCsv = async <T>(
  file: string,
  columns: readonly string[],
  interpret: (rows: readonly CsvRow[]) => Parsed<T>,
): Promise<T> => {
  const text = await readText(file).catch((error: NodeJS.ErrnoException) => {
    const reason = { en: `cannot be read (${error.code ?? error.message})`, zh: '无法读取' }
    return refuse(whole(reason))
  })
  if (!text.ok) throw refusedFile(file, text.errors, text.errorCount)
  const rows = parseRows(text.value, columns)
  if (!rows.ok) throw refusedFile(file, rows.errors, rows.errorCount)
  const value = interpret(rows.value)
  if (!value.ok) throw refusedFile(file, value.errors, value.errorCount)
  return value.value
}
