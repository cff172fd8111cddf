import { UnreadableFileError } from '#src/use-cases/worklists/read-zip.ts'

const mostPieceLetters = 2_000_000

/** The prefix that a program gave all names, or none; undefined before the first element has come. */
const prefixIn = (xml: string): string | undefined => {
  const root = /<([A-Za-z0-9]{1,12}:)?(?:worksheet|sst)[ >]/.exec(xml)
  return root === null ? undefined : (root[1] ?? '')
}

/** Cuts a stream of XML behind each closing tag of a name. What declares entities is not read. */
export async function* piecesOf(
  chunks: AsyncIterable<{ readonly bytes: Buffer; readonly share: number }>,
  name: string,
): AsyncGenerator<{ readonly xml: string; readonly prefix: string; readonly share: number }> {
  const decoder = new TextDecoder('utf-8')
  let waiting = ''
  let prefix: string | undefined
  for await (const { bytes, share } of chunks) {
    waiting += decoder.decode(bytes, { stream: true })
    if (waiting.includes('<!DOCTYPE') || waiting.includes('<!ENTITY'))
      throw new UnreadableFileError('a workbook declares nothing')
    prefix ??= prefixIn(waiting)
    const closing = `</${prefix ?? ''}${name}>`
    let from = 0
    for (;;) {
      const end = waiting.indexOf(closing, from)
      if (end < 0) break
      yield { xml: waiting.slice(from, end), prefix: prefix ?? '', share }
      from = end + closing.length
    }
    waiting = waiting.slice(from)
    if (waiting.length > mostPieceLetters) throw new UnreadableFileError('a row is longer than any list')
  }
}
