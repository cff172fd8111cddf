/// <reference types="node" />
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { launchBrowser, type Visit, visit } from '../../tests-support/browser.ts'
import { type StubApi, startStubApi } from '../../tests-support/stub-api.ts'

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

let browser: Browser
let stub: StubApi
let opened: Visit | undefined

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())
beforeEach(async () => {
  stub = await startStubApi(inject('fronts').console)
  stub.actAs('auditor')
})
afterEach(async () => {
  await opened?.context.close()
  opened = undefined
  await stub.close()
})

const open = async (preferences: Parameters<typeof visit>[2] = {}): Promise<Page> => {
  opened = await visit(browser, `${stub.origin}/console/audit`, preferences)
  return opened.page
}

/** Serious and critical findings of axe-core, by rule and place. */
const violations = async (page: Page): Promise<readonly string[]> => {
  // The debugger's way in: the page's own policy lets no script be added.
  await page.evaluate(await readFile(axePath, 'utf8'))
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: {
        run: () => Promise<{ violations: { id: string; impact: string; nodes: { target: unknown[] }[] }[] }>
      }
    }
    return (await axe.run()).violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} ${target.join(' ')}`))
  })
}

describe('the Audit page', () => {
  it('tells what a verification found, and starts another', async () => {
    const page = await open({ locale: 'zh' })
    await page.getByText('发现 2 处不符').waitFor()
    await page.getByRole('cell', { name: '条目被改动或调换' }).waitFor()
    await page.getByRole('cell', { name: '第 90 至 120 节 · 2020-02-10' }).waitFor()
    await page.getByRole('button', { name: '现在核对' }).click()
    await page.getByText('全部相符').waitFor()
    expect(stub.asked.get('/api/audit/verifications')).toBe(1)
    expect(opened?.troubles).toEqual([])
  })

  it('searches page by page, and exports what it shows with formulas disarmed', async () => {
    const page = await open({ locale: 'en' })
    await page.getByText('100 entries shown').waitFor()
    await page.getByRole('button', { name: 'Show earlier ones' }).click()
    await page.getByText('200 entries shown').waitFor()
    await page.getByRole('button', { name: 'Show earlier ones' }).click()
    await page.getByText('250 entries shown').waitFor()
    expect(await page.getByRole('button', { name: 'Show earlier ones' }).count()).toBe(0)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export' }).click(),
    ])
    const csv = await readFile(await download.path(), 'utf8')
    expect(csv.trim().split('\r\n')).toHaveLength(251)
    expect(csv).toContain("'=2+2 times")
    await page.getByLabel('Action').fill('nothing.such')
    await page.getByRole('button', { name: 'Search', exact: true }).click()
    await page.getByText('Nothing matches.').waitFor()
    expect(opened?.troubles).toEqual([])
  })

  it('is not offered to roles that may not read the audit', async () => {
    stub.actAs('commander')
    const page = await open({ locale: 'en' })
    await page.getByRole('link', { name: 'Situation' }).waitFor()
    expect(await page.getByRole('link', { name: 'Audit' }).count()).toBe(0)
  })

  it.each([
    ['zh', 360, 740],
    ['zh', 1440, 900],
    ['en', 360, 740],
    ['en', 1440, 900],
  ] as const)('in %s at %d by %d is reachable for everyone and fits', async (locale, width, height) => {
    const page = await open({ locale, width, height })
    await page.getByRole('table').first().waitFor()
    expect(await violations(page)).toEqual([])
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth),
    ).toBe(true)
    if (process.env.KEEP_SCREENSHOTS !== undefined)
      await page.screenshot({
        path: join(process.env.KEEP_SCREENSHOTS, `${locale}-${width}.png`),
        fullPage: true,
      })
  })
})
