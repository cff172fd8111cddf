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
})
afterEach(async () => {
  await opened?.context.close()
  opened = undefined
  await stub.close()
})

const open = async (preferences: Parameters<typeof visit>[2] = {}): Promise<Page> => {
  opened = await visit(browser, `${stub.origin}/console/retention`, preferences)
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

describe('the Retention page', () => {
  it('warns of the end of a collection, and lets the commander renew it by name', async () => {
    const page = await open({ locale: 'zh' })
    await page.getByText(/采集将于 .* 停止（还剩 9 天）/).waitFor()
    await page.getByText('到期，一小时内销毁').waitFor()
    await page.getByLabel('理由（公布）').selectOption({ label: '本市仍有病例' })
    await page.getByRole('button', { name: '以我的名义续期' }).click()
    await page.getByText('已续期至 2099-04-30').waitFor()
    expect(stub.asked.get('/api/responses/renew-collection')).toBe(1)
    expect(opened?.troubles).toEqual([])
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
