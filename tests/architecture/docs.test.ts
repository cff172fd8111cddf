import { existsSync, readdirSync, statSync } from 'node:fs'
import { join, posix } from 'node:path'
import { describe, expect, it } from 'vitest'
import { allFiles, readText, root } from './source-tree.ts'

const pages = allFiles.filter((path) => path.endsWith('.md'))

const withoutCodeBlocks = (text: string): string => text.replace(/^(```|~~~)[\s\S]*?^\1/gm, '')

/** As GitHub makes them: lower case, no punctuation, blanks become hyphens. */
const anchorsOf = (text: string): ReadonlySet<string> =>
  new Set(
    [...withoutCodeBlocks(text).matchAll(/^#+ +(.*)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .trim()
        .replace(/\s/g, '-'),
    ),
  )

const linksOf = (text: string): string[] =>
  [...withoutCodeBlocks(text).matchAll(/\]\(([^)\s]+)\)|<img[^>]*\ssrc="([^"]+)"/g)].map(
    ([, link, image]) => link ?? image ?? '',
  )

const broken = (page: string): string[] =>
  linksOf(readText(page)).flatMap((link) => {
    if (/^[a-z]+:/.test(link)) return []
    const [file = '', anchor] = link.split('#')
    const target = file === '' ? page : posix.join(posix.dirname(page), file)
    if (!existsSync(join(root, target))) return [`${page}: ${link}`]
    if (anchor === undefined || !target.endsWith('.md')) return []
    return anchorsOf(readText(target)).has(decodeURIComponent(anchor)) ? [] : [`${page}: ${link}`]
  })

/** `apps/…`, `packages/…` and so on in backticks; a name in angle brackets stands for any one name. */
const pathsOf = (text: string): string[] =>
  [...text.matchAll(/`([^`\s]+)`/g)]
    .map((found) => found[1] ?? '')
    .filter((path) => /^(apps|packages|tests|bench|docs|bin|\.ci)\/\S/.test(path))
    .map((path) => path.replace(/\/$/, ''))

const exists = (path: string): boolean => {
  if (!/[<*{]/.test(path)) return existsSync(join(root, path))
  const pattern = path
    .replace(/[.+?^$()[\]\\|]/g, '\\$&')
    .replace(/\{([^}]+)\}/g, (_, names: string) => `(${names.split(',').join('|')})`)
    .replace(/<[^>]+>|\*+/g, '[^/]+')
  return allFiles.some((file) => new RegExp(`^${pattern}(/|$)`).test(file))
}

const scripts = Object.keys(
  (JSON.parse(readText('package.json')) as { scripts: Record<string, string> }).scripts,
)

describe('pages', () => {
  it('are all there', () => {
    const expected = [
      'README.md',
      'README.zh.md',
      'ARCHITECTURE.md',
      'CONTRIBUTING.md',
      'STYLE.md',
      'CHANGELOG.md',
      'docs/glossary.md',
      'docs/privacy.md',
      'docs/trace-a-record.md',
      'docs/specs/sync-protocol.md',
      'docs/operations/start.md',
    ]
    expect(expected.filter((page) => !pages.includes(page))).toEqual([])
  })

  it('link to what is there', () => {
    expect(pages.flatMap(broken)).toEqual([])
  })

  it('name files and folders that are there', () => {
    const lost = pages.flatMap((page) =>
      pathsOf(readText(page))
        .filter((path) => !exists(path))
        .map((path) => `${page}: ${path}`),
    )
    expect(lost).toEqual([])
  })

  it('name npm scripts that are there', () => {
    const named = pages.flatMap((page) =>
      [...readText(page).matchAll(/npm (?:run (?:-s )?)?([a-z:]+)/g)].flatMap(([whole, name = '']) => {
        if (!whole.includes(' run ') && !['start', 'test'].includes(name)) return []
        return scripts.includes(name) ? [] : [`${page}: ${whole}`]
      }),
    )
    expect(named).toEqual([])
  })

  it('speak of this version', () => {
    const { version } = JSON.parse(readText('package.json')) as { version: string }
    expect(readText('CHANGELOG.md')).toContain(`## [${version}]`)
  })
})

describe('ARCHITECTURE.md', () => {
  it('has at most 200 lines', () => {
    expect(readText('ARCHITECTURE.md').split('\n').length).toBeLessThanOrEqual(201)
  })

  it('names every package and every app', () => {
    const rooms = ['packages', 'apps'].flatMap((folder) =>
      readdirSync(join(root, folder))
        .filter((name) => statSync(join(root, folder, name)).isDirectory())
        .map((name) => `${name}/`),
    )
    const text = readText('ARCHITECTURE.md')
    expect(rooms.filter((name) => !text.includes(name))).toEqual([])
  })
})

describe('decisions', () => {
  const records = pages.filter((page) => page.startsWith('docs/adr/')).toSorted()

  it('are numbered without a gap', () => {
    const numbers = records.map((page) => Number(/\/(\d{4})-[a-z0-9-]+\.md$/.exec(page)?.[1]))
    expect(numbers).toEqual(records.map((_, index) => index + 1))
  })

  it.each(records)('%s says context, choice, because and consequences', (page) => {
    const headings = [...readText(page).matchAll(/^## (.*)$/gm)].map(([, heading]) => heading)
    expect(headings).toEqual(['Context', 'Choice', 'Because', 'Consequences'])
  })
})

describe('the two READMEs', () => {
  it('tell the same: as many headings, pictures and code blocks', () => {
    const shape = (page: string) => {
      const text = readText(page)
      return {
        headings: [...withoutCodeBlocks(text).matchAll(/^#+ /gm)].length,
        pictures: linksOf(text).filter((link) => link.endsWith('.png')),
        blocks: [...text.matchAll(/^```/gm)].length,
      }
    }
    expect(shape('README.zh.md')).toEqual(shape('README.md'))
  })
})
