/** A statement with its parameters; `name` is dropped where a pooler forbids named statements. */
export type Statement = {
  readonly name: string
  readonly text: string
  readonly values: readonly unknown[]
}

const composed = new Map<string, string>()

const textOf = (parts: readonly Statement[]): string => {
  if (parts.length === 0) return 'select'
  let offset = 0
  const members = parts.map(({ text, values }, index) => {
    const before = offset
    offset += values.length
    return `part${index} as (${text.replace(/\$(\d+)/g, (_, number: string) => `$${Number(number) + before}`)})`
  })
  return `with ${members.join(', ')} select`
}

/**
 * Several writes as one statement: each becomes a data-modifying member of one `with`, run to its end in one snapshot
 * (PostgreSQL manual, section 7.8.4). A message, a plan and an answer are saved for every part but one. Tables that are
 * distributed over nodes may need the parts sent one by one.
 * @param name  stands for the same texts in the same order at every call
 * @param parts  writes to different tables, none of which needs to see what another one wrote
 */
export const composeStatements = (name: string, parts: readonly Statement[]): Statement => {
  let text = composed.get(name)
  if (text === undefined) {
    text = textOf(parts)
    composed.set(name, text)
  }
  return { name, text, values: parts.flatMap((part) => part.values) }
}
