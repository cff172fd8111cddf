/// <reference types="node" />
import { readdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { type Answers, notice, startStubNotice } from '../tests-support/stub-notice.ts'

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const mostBytes = 120 * 1024

const answers: Answers = { current: notice }
const front = inject('fronts').portal
let browser: Browser
let stub: Awaited<ReturnType<typeof startStubNotice>>
const pages: Page[] = []

beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  })
})
afterAll(async () => {
  await browser.close()
})
beforeEach(async () => {
  answers.current = notice
  stub = await startStubNotice(front, answers)
})
afterEach(async () => {
  for (const page of pages.splice(0)) await page.context().close()
  await stub.close()
})

const open = async (query = '', options: BrowserContextOptions = {}): Promise<Page> => {
  const context = await browser.newContext({
    locale: 'zh-CN',
    viewport: { width: 360, height: 740 },
    ...options,
  })
  const page = await context.newPage()
  pages.push(page)
  await page.goto(stub.address + query)
  return page
}

const violations = async (page: Page): Promise<readonly string[]> => {
  await page.evaluate(await readFile(axePath, 'utf8'))
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run: () => Promise<{ violations: { id: string; impact: string }[] }> }
    }
    const { violations: found } = await axe.run()
    return found.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id }) => id)
  })
}

describe('the public notice', () => {
  it('says what is asked and why, the line, the end, the promises and the posts', async () => {
    const page = await open()
    await page.getByRole('heading', { name: '珠海市入城查验公告' }).waitFor()
    const text = await page.locator('body').innerText()
    for (const part of [
      '37.3 ℃',
      '最近 14 天',
      '咳嗽和乏力',
      '2020年4月30日',
      '不做人脸识别',
      '没有手机',
      '演示系统',
    ])
      expect(text).toContain(part)
    await page.getByRole('row', { name: /第二次体温仍达到阈值 转诊 R1/ }).waitFor()
    expect(await page.getByRole('row', { name: /金湾机场/ }).innerText()).not.toContain('示意')
    expect(await page.getByRole('row', { name: /二号路口/ }).innerText()).toContain('示意')
  })

  it('is in English at once, and by its address', async () => {
    const page = await open()
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByRole('heading', { name: 'Checkpoint notice for Zhuhai' }).waitFor()
    expect(page.url()).toContain('lang=en')
    await page.getByText('People without a phone pass as well').waitFor()
    await page.reload()
    await page.getByRole('heading', { name: 'Checkpoint notice for Zhuhai' }).waitFor()
  })

  it('says when nothing is collected', async () => {
    answers.current = { ...notice, responses: [], posts: [] }
    const page = await open()
    await page.getByText('不收集任何信息').waitFor()
  })

  it('says when it cannot be read, and reads again', async () => {
    answers.current = 'down'
    const page = await open()
    await page.getByRole('alert').waitFor()
    answers.current = notice
    await page.getByRole('button', { name: '重试' }).click()
    await page.getByRole('heading', { name: '会问什么，为什么' }).waitFor()
  })

  it('tells the main things without scripts', async () => {
    const page = await open('', { javaScriptEnabled: false })
    const told = page.locator('noscript main')
    expect(await told.isVisible()).toBe(true)
    const text = await told.innerText()
    expect(text).toContain('没有手机一样可以通过')
    expect(text).toContain('People without a phone pass as well')
  })
})

describe('for everyone', () => {
  it.each(['light', 'dark'] as const)('is accessible in %s', async (colorScheme) => {
    const page = await open('', { colorScheme })
    await page.getByRole('heading', { name: '在哪里查验' }).waitFor()
    expect(await violations(page)).toEqual([])
  })

  it('fits a phone with text at 200 %', async () => {
    const page = await open()
    await page.getByRole('heading', { name: '在哪里查验' }).waitFor()
    await page.evaluate(() => {
      document.documentElement.style.fontSize = '200%'
    })
    const wide = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(wide).toBe(0)
  })

  it('prints without its controls', async () => {
    const page = await open()
    await page.getByRole('heading', { name: '在哪里查验' }).waitFor()
    await page.emulateMedia({ media: 'print' })
    expect(await page.getByRole('button', { name: 'English' }).isVisible()).toBe(false)
    expect(await page.getByRole('heading', { name: '收集的信息怎么用' }).isVisible()).toBe(true)
  })

  it(`weighs at most ${mostBytes / 1024} KB compressed, all of it together`, async () => {
    const files = (await readdir(join(front, 'assets'))).filter((name) => !name.endsWith('.br'))
    const sizes = await Promise.all(
      files.map(async (file) => gzipSync(await readFile(join(front, 'assets', file))).length),
    )
    const total = sizes.reduce((sum, size) => sum + size, 0)
    expect(total).toBeGreaterThan(10_000)
    expect(total).toBeLessThanOrEqual(mostBytes)
  })
})
