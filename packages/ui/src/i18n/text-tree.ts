/** Texts of one language, by key, nested as the app likes. */
export type TextTree = { readonly [key: string]: string | TextTree }

/** Every key of a tree, joined with dots, in order. */
export const keysOf = (tree: TextTree, prefix = ''): readonly string[] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [prefix + key] : keysOf(value, `${prefix}${key}.`),
  )

/** The text at a dotted key, or undefined. */
export const textAt = (tree: TextTree, key: string): string | undefined => {
  let at: string | TextTree | undefined = tree
  for (const part of key.split('.')) at = typeof at === 'object' ? at[part] : undefined
  return typeof at === 'string' ? at : undefined
}
