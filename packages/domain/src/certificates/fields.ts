/** Plain data of which nothing is known but that it came from outside. */
export type Fields = { readonly [key: string]: unknown }

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {})

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** No longer than anybody reads. */
const longestText = 200

/** A text of those named that is there first. */
export const textIn = (value: unknown, ...keys: readonly string[]): string | undefined => {
  const fields = fieldsOf(value)
  const found = keys.map((key) => fields[key]).find((text) => typeof text === 'string' && text !== '')
  return found === undefined ? undefined : String(found).slice(0, longestText)
}

export const countIn = (value: unknown, ...keys: readonly string[]): number | undefined => {
  const fields = fieldsOf(value)
  const found = keys.map((key) => fields[key]).find((count) => Number.isInteger(count))
  return found === undefined ? undefined : Number(found)
}
