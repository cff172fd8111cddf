import { globSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readText } from './source-tree.ts'

/** Classes that a sheet gives a rule of their own, outside of any group, state or media. */
const ownClasses = (path: string): string[] => [
  ...new Set([...readText(path).matchAll(/(?<=^|\}\n)\.([a-z][\w-]*) \{/g)].map(([, name]) => name ?? '')),
]

/** An app with the sheets of `ui` that it loads beside its own. */
const apps = ['console', 'field', 'portal'].map((app) => ({
  app,
  sheets: globSync([`apps/${app}/src/**/*.css`, 'packages/ui/src/**/*.css']),
}))

describe('styles', () => {
  it.each(apps)('a class of $app is drawn in one place, whatever sheet is loaded last', ({ sheets }) => {
    const places = Map.groupBy(
      sheets.flatMap((path) => ownClasses(path).map((name) => ({ name, path }))),
      ({ name }) => name,
    )
    const twice = [...places].filter(([, at]) => at.length > 1)
    expect(twice.map(([name, at]) => `.${name}: ${at.map(({ path }) => path).join(', ')}`)).toEqual([])
  })

  it('the check sees every sheet and a class in it', () => {
    for (const { sheets } of apps) expect(sheets.length).toBeGreaterThan(5)
    expect(ownClasses('apps/console/src/layout/layout.css')).toContain('link-button')
  })
})
