import { type Locale, locales, localeTag } from '#src/i18n/locale.ts'
import { keysOf, type TextTree, textAt } from '#src/i18n/text-tree.ts'

const pluralForms = ['zero', 'one', 'two', 'few', 'many', 'other'] as const
const pluralEnding = new RegExp(`_(${pluralForms.join('|')})$`)

const withoutPlural = (key: string): string => key.replace(pluralEnding, '')

const placeholders = (text: string): ReadonlySet<string> =>
  new Set([...text.matchAll(/\{\{\s*([A-Za-z]+)[^}]*\}\}/g)].map((found) => found[1] ?? ''))

const expectedKeys = (trees: Readonly<Record<Locale, TextTree>>, locale: Locale): ReadonlySet<string> => {
  const categories = new Intl.PluralRules(localeTag[locale]).resolvedOptions().pluralCategories
  const all = locales.flatMap((each) => keysOf(trees[each]))
  return new Set(
    all.flatMap((key) =>
      pluralEnding.test(key) ? categories.map((form) => `${withoutPlural(key)}_${form}`) : [key],
    ),
  )
}

/** Names a key's text carries that the other language's does not, as `key: {{name}}`. */
const strayPlaceholders = (trees: Readonly<Record<Locale, TextTree>>, locale: Locale): readonly string[] => {
  const other = locale === 'zh' ? trees.en : trees.zh
  const allowed = new Map<string, ReadonlySet<string>>()
  for (const key of keysOf(other)) {
    const known = allowed.get(withoutPlural(key)) ?? new Set<string>()
    allowed.set(withoutPlural(key), new Set([...known, ...placeholders(textAt(other, key) ?? '')]))
  }
  return keysOf(trees[locale]).flatMap((key) =>
    [...placeholders(textAt(trees[locale], key) ?? '')]
      .filter((name) => name !== 'count' && !allowed.get(withoutPlural(key))?.has(name))
      .map((name) => `${locale} ${key}: {{${name}}}`),
  )
}

/**
 * What one language lacks of the other: keys (with the plural forms its own grammar asks for), texts that are empty,
 * and placeholders that only one of the two fills. Empty where both are complete.
 */
export const missingTexts = (trees: Readonly<Record<Locale, TextTree>>): readonly string[] =>
  locales.flatMap((locale) => [
    ...[...expectedKeys(trees, locale)]
      .filter((key) => (textAt(trees[locale], key) ?? '').trim() === '')
      .map((key) => `${locale} ${key}`),
    ...strayPlaceholders(trees, locale),
  ])

/** Keys written literally in source, as `t('a.b')` or `t('ui:a.b')`. */
export const keysUsedIn = (source: string): readonly string[] =>
  [...source.matchAll(/\bt\(\s*'((?:ui:)?[A-Za-z0-9.-]+)'/g)].map((found) => found[1] ?? '')

/** Whether a key is in a tree as it stands or in a plural form. */
export const hasKey = (tree: TextTree, key: string): boolean =>
  textAt(tree, key) !== undefined || pluralForms.some((form) => textAt(tree, `${key}_${form}`) !== undefined)
