/** Letters of a quoted cell; one that goes on for longer was never closed. */
const mostQuotedLetters = 10_000
const mostRecordLetters = 200_000

type Cell = { readonly text: string; readonly next: number }
type Where = { readonly separator: string; readonly isWhole: boolean }

const isEnd = (letter: string | undefined): boolean => letter === '\n' || letter === '\r'

/** Up to the next separator or end of line. @returns undefined where that has not come yet */
const readPlain = (text: string, from: number, { separator, isWhole }: Where): Cell | undefined => {
  let at = from
  while (at < text.length && text[at] !== separator && !isEnd(text[at])) at += 1
  return at < text.length || isWhole ? { text: text.slice(from, at), next: at } : undefined
}

/**
 * A cell in quotation marks, over lines where it is closed behind them. A mark that is followed by more letters, or that
 * never comes, was no closing one: then what opened it is a letter like any other and the line ends where it ends, so that
 * one forgotten mark costs one row.
 */
const readQuoted = (text: string, from: number, where: Where): Cell | undefined => {
  let at = from + 1
  for (;;) {
    const mark = text.indexOf('"', at)
    const end = mark < 0 ? text.length : mark
    if (end - from > mostQuotedLetters) return readPlain(text, from, where)
    if (mark < 0) return where.isWhole ? readPlain(text, from, where) : undefined
    const after = text[mark + 1]
    if (after === undefined && !where.isWhole) return undefined
    if (after === '"') {
      at = mark + 2
      continue
    }
    if (after !== undefined && after !== where.separator && !isEnd(after)) return readPlain(text, from, where)
    return { text: text.slice(from + 1, mark).replaceAll('""', '"'), next: mark + 1 }
  }
}

/** Spreadsheets leave ="0138" as it is, which some programs write so that no digit is lost. */
const unwrapped = (text: string): string => /^="([^"]*)"$/.exec(text)?.[1] ?? text

/** The cells of a record and where the next one begins; undefined where its end has not come yet. */
const readRecord = (
  text: string,
  from: number,
  where: Where,
): { readonly cells: readonly string[]; readonly next: number } | undefined => {
  const cells: string[] = []
  let at = from
  for (;;) {
    const cell = text[at] === '"' ? readQuoted(text, at, where) : readPlain(text, at, where)
    if (cell === undefined) return undefined
    cells.push(unwrapped(cell.text))
    const after = text[cell.next]
    if (after === where.separator) {
      at = cell.next + 1
      continue
    }
    // Whether a line feed follows a carriage return is seen with the next letter.
    if (after === '\r' && text[cell.next + 1] === undefined && !where.isWhole) return undefined
    return { cells, next: cell.next + (after === '\r' && text[cell.next + 1] === '\n' ? 2 : 1) }
  }
}

/** Thrown where what should be one row is longer than any. */
export class RecordTooLongError extends Error {}

/**
 * Records of separated text (RFC 4180, less strict), blank ones too. A line ends with a line feed, a carriage return or both, also where a
 * file has all of them, as one that was put together from several.
 */
export async function* csvRecords(
  pieces: AsyncIterable<string>,
  separator: string,
): AsyncGenerator<readonly string[]> {
  let waiting = ''
  let isWhole = false
  const take = function* (): Generator<readonly string[]> {
    let at = 0
    while (at < waiting.length) {
      const record = readRecord(waiting, at, { separator, isWhole })
      if (record === undefined) break
      yield record.cells
      at = record.next
    }
    waiting = waiting.slice(at)
  }
  for await (const piece of pieces) {
    waiting += piece
    yield* take()
    if (waiting.length > mostRecordLetters) throw new RecordTooLongError('a row is longer than any list')
  }
  isWhole = true
  yield* take()
}
