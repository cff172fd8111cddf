import { type ThemeName, themeNames } from '#src/theme/theme.ts'

/** The colour tokens, by their CSS name without the dashes in front. */
export const tokenNames = [
  'ink',
  'ink-2',
  'ink-3',
  'ink-4',
  'line',
  'paper',
  'card',
  'rail',
  'rail-ink',
  'rail-ink-2',
  'rail-mark',
  'sea',
  'jade',
  'jade-soft',
  'amber',
  'amber-soft',
  'vermilion',
  'vermilion-soft',
  'indigo',
  'indigo-soft',
  'on-strong',
] as const
export type TokenName = (typeof tokenNames)[number]
export type Tokens = Readonly<Record<TokenName, string>>

const blockOf = (css: string, theme: ThemeName): string => {
  const opening = theme === 'day' ? ':root {' : `[data-theme="${theme}"] {`
  const from = css.indexOf(opening)
  if (from < 0) throw new Error(`tokens.css has no block "${opening}"`)
  return css.slice(from, css.indexOf('}', from))
}

const colourIn = (block: string, name: TokenName): string => {
  const found = new RegExp(`--${name}:\\s*(#[0-9a-f]{6})\\s*;`).exec(block)?.[1]
  if (found === undefined) throw new Error(`tokens.css does not give --${name} as #rrggbb`)
  return found
}

/** Reads the colours out of `tokens.css`, so that they are written down only there. */
export const parseTokens = (css: string): Readonly<Record<ThemeName, Tokens>> =>
  Object.fromEntries(
    themeNames.map((theme) => {
      const block = blockOf(css, theme)
      return [theme, Object.fromEntries(tokenNames.map((name) => [name, colourIn(block, name)]))]
    }),
  ) as Record<ThemeName, Tokens>
