/// <reference types="node" />
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { contrastRatio } from '#src/theme/contrast.ts'
import { parseTokens, type TokenName } from '#src/theme/parse-tokens.ts'
import { isThemeChoice, themeNames, themeOf } from '#src/theme/theme.ts'

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')
const tokens = parseTokens(css)

describe('themes', () => {
  it('follows the system only when asked to', () => {
    expect(themeOf('auto', true)).toBe('night')
    expect(themeOf('auto', false)).toBe('day')
    expect(themeOf('day', true)).toBe('day')
    expect(themeOf('sunlight', true)).toBe('sunlight')
  })

  it('refuses a stored choice that is none', () => {
    expect(isThemeChoice('night')).toBe(true)
    expect(isThemeChoice('dusk')).toBe(false)
    expect(isThemeChoice(null)).toBe(false)
  })
})

const texts: readonly TokenName[] = ['ink', 'ink-2', 'ink-3', 'jade', 'amber', 'vermilion', 'indigo']
const softOf: Partial<Record<TokenName, TokenName>> = {
  jade: 'jade-soft',
  amber: 'amber-soft',
  vermilion: 'vermilion-soft',
  indigo: 'indigo-soft',
}

describe.each(themeNames)('contrast of %s', (name) => {
  const theme = tokens[name]
  const least = name === 'sunlight' ? 7 : 4.5
  it.each(texts)('text in %s can be read on paper, card, sea and its soft ground', (text) => {
    const grounds: TokenName[] = ['paper', 'card', 'sea', softOf[text] ?? 'card']
    for (const ground of grounds)
      expect(contrastRatio(theme[text], theme[ground]), `${text} on ${ground}`).toBeGreaterThanOrEqual(least)
  })

  it('text on the strong colours and on the rail can be read', () => {
    for (const ground of ['jade', 'amber', 'vermilion', 'indigo'] as const)
      expect(contrastRatio(theme['on-strong'], theme[ground]), ground).toBeGreaterThanOrEqual(4.5)
    expect(contrastRatio(theme['rail-ink-2'], theme.rail)).toBeGreaterThanOrEqual(4.5)
  })
})
