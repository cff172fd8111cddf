import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { contrastRatio } from '@guankou/ui/theme/contrast.ts'
import { parseTokens } from '@guankou/ui/theme/parse-tokens.ts'
import { themeNames } from '@guankou/ui/theme/theme.ts'
import { expect, it } from 'vitest'

const css = readFileSync(join(import.meta.dirname, 'field.css'), 'utf8')
const tokens = parseTokens(
  readFileSync(join(import.meta.dirname, '../../../../packages/ui/src/theme/tokens.css'), 'utf8'),
)

const own = (theme: (typeof themeNames)[number], name: string): string => {
  const opening = theme === 'day' ? ':root {' : `[data-theme="${theme}"] {`
  const block = css.slice(css.indexOf(opening), css.indexOf('}', css.indexOf(opening)))
  const colour = new RegExp(`--${name}:\\s*(#[0-9a-f]{6})`).exec(block)?.[1]
  if (colour === undefined) throw new Error(`--${name} is not given for ${theme}`)
  return colour
}

const pairs = ['calm', 'advice', 'look', 'act', 'go'] as const

it.each(themeNames)('text of the lane reaches 7:1 by %s', (theme) => {
  for (const name of pairs) {
    const ratio = contrastRatio(own(theme, `${name}-ink`), own(theme, `${name}-ground`))
    expect(ratio, `${name} by ${theme}`).toBeGreaterThanOrEqual(7)
  }
  for (const ground of [tokens[theme].paper, tokens[theme].card, own(theme, 'pad')])
    for (const ink of [tokens[theme].ink, own(theme, 'quiet')])
      expect(contrastRatio(ink, ground), `${ink} on ${ground} by ${theme}`).toBeGreaterThanOrEqual(6.5)
  expect(contrastRatio(tokens[theme].ink, own(theme, 'key'))).toBeGreaterThanOrEqual(7)
})
