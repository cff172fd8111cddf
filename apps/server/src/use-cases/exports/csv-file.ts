import { csvLine } from '@guankou/domain/exports/cells.ts'
import type { ListFile } from '#src/use-cases/exports/list-file.ts'

/** Tells spreadsheets that the file is UTF-8. */
const byteOrderMark = '\ufeff'

/** A list as CSV (RFC 4180, UTF-8), the mark above and below its rows. */
export async function* csvFile({ mark, headings, batches }: ListFile): AsyncGenerator<Buffer> {
  const notice = mark.lines.map((line) => csvLine([line])).join('')
  yield Buffer.from(byteOrderMark + notice + csvLine(headings))
  for await (const rows of batches) yield Buffer.from(rows.map(csvLine).join(''))
  yield Buffer.from(notice)
}
