/// <reference types="node" />
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { hasKey, keysUsedIn, missingTexts } from '@guankou/ui/i18n/missing-keys.ts'
import { keysOf } from '@guankou/ui/i18n/text-tree.ts'
import { uiTextsZh } from '@guankou/ui/i18n/texts-zh.ts'
import { describe, expect, it } from 'vitest'
import { textsEn } from '#src/texts/en.ts'
import { textsZh } from '#src/texts/zh.ts'

const folder = join(import.meta.dirname, '..')
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter(
    (path) => /\.tsx?$/.test(path) && !path.includes('.test.') && !/^texts\/|\/texts-(zh|en)\.ts$/.test(path),
  )
  .map((path) => readFileSync(join(folder, path), 'utf8'))

describe('texts of the console', () => {
  it('are complete in both languages', () => {
    expect(missingTexts({ zh: textsZh, en: textsEn })).toEqual([])
  })

  it('exist for every key that the source asks for', () => {
    const used = sources.flatMap(keysUsedIn)
    const unknown = used.filter((key) =>
      key.startsWith('ui:') ? !hasKey(uiTextsZh, key.slice(3)) : !hasKey(textsZh, key),
    )
    expect(used.length).toBeGreaterThan(50)
    expect(unknown).toEqual([])
  })

  it('are all used', () => {
    const all = sources.join('\n')
    const composed = /^(tally|keys|nav|posts|devices|origins|words)\.|\.words\./
    // Notes and words of the model pages are asked for by the name of their group.
    const grouped =
      /^(postPage\.(state|unknown|basis|help\.(arrived|left))|originsPage\.(verdict|note)|handovers\.(heads|kinds)|quarantine\.(show|acts|papers)|rounds\.(standing|faults)|household\.(what|kinds|part)|followUp\.(kind|item)|monitoring\.(measures|steps|acts|noteFlow|noteFever|noteScore))(\.|Others$|$)/
    // A level, a day and a count are asked for by the name of their field.
    const ofField =
      /^(decisions\.(high|medium)|lookUp\.(from|until)|paper\.(counts|methods|unread|by)\..+|paper\.(first|second)(By)?|matching\.(why|states|kept)\..+|rescreen\.(hint\.)?(selected|listed|linked|unreadable|called|closed|toVisit|noAddress|open|overdue))$/
    const isUsed = (key: string) =>
      all.includes(`'${key}'`) || (composed.test(key) && all.includes(`'${key.split('.').at(-1)}'`))
    const idle = keysOf(textsZh)
      .map((key) => key.replace(/_(one|other)$/, ''))
      .filter(
        (key) =>
          !/^(preferences\.themes|state)\./.test(key) &&
          !grouped.test(key) &&
          !ofField.test(key) &&
          !isUsed(key),
      )
    expect(idle).toEqual([])
  })
})
