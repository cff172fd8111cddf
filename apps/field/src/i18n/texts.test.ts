import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { hasKey, keysUsedIn, missingTexts } from '@guankou/ui/i18n/missing-keys.ts'
import { keysOf } from '@guankou/ui/i18n/text-tree.ts'
import { uiTextsZh } from '@guankou/ui/i18n/texts-zh.ts'
import { expect, it } from 'vitest'
import { roundTextsEn } from '#src/screens/round/texts-en.ts'
import { roundTextsZh } from '#src/screens/round/texts-zh.ts'
import { fieldTextsEn } from './en.ts'
import { fieldTextsZh } from './zh.ts'

/** With those that a screen brings along. */
const zh = { ...fieldTextsZh, round: roundTextsZh }
const en = { ...fieldTextsEn, round: roundTextsEn }

const sourceFolder = join(import.meta.dirname, '..')
const sources = readdirSync(sourceFolder, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
  .map((file) => ({ file, text: readFileSync(join(sourceFolder, file), 'utf8') }))

it('has every text in both languages', () => {
  expect(missingTexts({ zh, en })).toEqual([])
})

it('has no text that no screen shows', () => {
  const all = sources
    .filter(({ file }) => !file.startsWith('i18n') && !/texts-(zh|en)\.ts$/.test(file))
    .map(({ text }) => text)
    .join('\n')
  const isShown = (key: string): boolean =>
    all.includes(`'${key}'`) || all.includes(`\`${key.slice(0, key.lastIndexOf('.') + 1)}\${`)
  const keys = keysOf(zh).map((key) => key.replace(/_other$/, ''))
  expect(keys.filter((key) => !isShown(key))).toEqual([])
})

it('has every text the screens ask for', () => {
  const asked = sources.flatMap(({ file, text }) => keysUsedIn(text).map((key) => ({ file, key })))
  expect(asked.length).toBeGreaterThan(50)
  const missing = asked.filter(({ key }) =>
    key.startsWith('ui:') ? !hasKey(uiTextsZh, key.slice(3)) : !hasKey(zh, key),
  )
  expect(missing).toEqual([])
})
