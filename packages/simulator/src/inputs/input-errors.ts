import type { Bilingual } from '@guankou/contract/primitives.ts'

/** One line of a file, already split: its number as an editor shows it (the header is row 1) and its cells by column. */
export type CsvRow = { readonly row: number; readonly cells: Readonly<Record<string, string>> }

/** What is wrong where; row and column are null where the file as a whole is meant. */
export type InputError = {
  readonly row: number | null
  readonly column: string | null
  readonly reason: Bilingual
}

/** Either the value, or the first errors and how many there are in all. Nothing is repaired on the way. */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly errors: readonly InputError[]; readonly errorCount: number }

/** So many errors are listed; all are counted. */
export const listedErrors = 20

/** Collects what is wrong with a file. */
export type ErrorList = {
  readonly add: (row: number | null, column: string | null, reason: Bilingual) => void
  readonly count: () => number
  /** The outcome: refused if anything was added, otherwise whatever `make` makes. */
  readonly conclude: <T>(make: () => T) => Parsed<T>
}

export const errorList = (): ErrorList => {
  const errors: InputError[] = []
  let count = 0
  return {
    add: (row, column, reason) => {
      count++
      if (errors.length < listedErrors) errors.push({ row, column, reason })
    },
    count: () => count,
    conclude: (make) =>
      count === 0 ? { ok: true, value: make() } : { ok: false, errors, errorCount: count },
  }
}

const longestQuote = 40

/** A cell as it may stand in a message: shortened, control characters shown as spaces. */
export const quoted = (text: string): string => {
  const visible = text.toWellFormed().replace(/\p{C}+/gu, ' ')
  return visible.length > longestQuote ? `“${visible.slice(0, longestQuote)}…”` : `“${visible}”`
}

/**
 * Checks that a header names every column that is needed; others may be there too and are left alone.
 * @returns one error per missing or repeated column, row 1
 */
export const requireColumns = (
  header: readonly string[],
  required: readonly string[],
): readonly InputError[] => {
  const list = errorList()
  const seen = header.slice(0, 20).map(quoted).join(', ')
  for (const column of required) {
    const times = header.filter((name) => name === column).length
    if (times === 0)
      list.add(1, column, {
        zh: `缺少列 ${column};文件中的列:${seen}`,
        en: `column ${column} is missing; found ${seen}`,
      })
    if (times > 1)
      list.add(1, column, { zh: `列 ${column} 重复出现`, en: `column ${column} is there more than once` })
  }
  const outcome = list.conclude(() => undefined)
  return outcome.ok ? [] : outcome.errors
}
