/// <reference types="node" />
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Role } from '@guankou/contract/roles.ts'
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

const open = async (
  path: string,
  role: Role,
  preferences: Parameters<typeof visit>[2] = {},
): Promise<Page> => {
  stub.actAs(role)
  opened = await visit(browser, `${stub.origin}/console/${path}`, preferences)
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

const fitsWidth = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)

const fillLookUp = async (page: Page, text: string): Promise<void> => {
  await page.getByLabel('目的', { exact: true }).selectOption({ label: '密切接触者追踪' })
  await page.getByLabel('事由').fill('核对同车人员的去向')
  await page.getByLabel('号码').fill(text)
  await page.getByLabel('号码').press('Enter')
}

describe('the Look-up page', () => {
  it('answers masked, shows a field in full for a while, and covers it again', async () => {
    const page = await open('look-up', 'screening-clerk')
    await fillLookUp(page, '粤C12345')
    const match = page.getByRole('article', { name: /第 1 人$/ })
    await match.getByText('138****5678').waitFor()
    expect(await page.getByText('13812345678').count()).toBe(0)
    await match.getByRole('button', { name: '查看电话明文' }).press('Enter')
    await match.getByText('13812345678').waitFor()
    await match.getByText('138****5678').waitFor()
    expect(await page.content()).not.toContain('13812345678')
    expect(stub.asked.get('/api/identity/unmask')).toBe(1)
    await page.getByRole('region', { name: '我最近的查询' }).getByText('密切接触者追踪').waitFor()
    expect(opened?.troubles).toEqual([])
  })

  it('asks for a purpose and a reason before anything is sent, and says where nothing is found', async () => {
    const page = await open('look-up', 'screening-clerk')
    await page.getByLabel('号码').fill('无')
    await page.getByRole('button', { name: '查询', exact: true }).click()
    expect(stub.asked.get('/api/identity/look-up')).toBeUndefined()
    await fillLookUp(page, '无')
    await page.getByText('本辖区没有查到').waitFor()
  })

  it('offers each role its own purposes', async () => {
    const page = await open('look-up', 'data-protection-officer', { locale: 'en' })
    const purposes = page.getByLabel('Purpose').locator('option')
    await purposes.nth(1).waitFor({ state: 'attached' })
    expect((await purposes.allTextContents()).filter((text) => text !== '')).toEqual([
      'Correction asked for by the person',
      'The person asks what is held',
      'Request with a legal basis',
    ])
  })
})

describe('the Lists page', () => {
  it('offers the columns of the purpose alone, and asks for a list', async () => {
    const page = await open('exports', 'commander')
    const ask = page.locator('form').first()
    await ask.getByLabel('目的').selectOption({ label: '质量核查（不含身份）' })
    expect(await ask.getByLabel('姓名').count()).toBe(0)
    await ask.getByLabel('目的').selectOption({ label: '密切接触者追踪' })
    await ask.getByLabel('姓名').check()
    await ask.getByLabel('事由').fill('追踪二月八日同车人员')
    await ask.getByLabel('使用单位').fill('香洲区疾控中心')
    await ask.getByRole('button', { name: '提交申请' }).click()
    await page.getByText('已提交，共 1240 人，等待他人审批').waitFor()
  })

  it('offers of calls and of quarantine what their purposes allow, and asks for one', async () => {
    const page = await open('exports', 'commander')
    const ask = page.locator('form').first()
    await ask.getByLabel('名单内容').selectOption({ label: '隔离记录' })
    expect(await ask.getByLabel('目的').locator('option').allTextContents()).not.toContain('密切接触者追踪')
    await ask.getByLabel('目的').selectOption({ label: '质量核查（不含身份）' })
    await ask.getByLabel('漏报次数').waitFor()
    expect(await ask.getByLabel('姓名').count()).toBe(0)
    expect(await ask.getByLabel('点位').count()).toBe(0)
    await ask.getByLabel('名单内容').selectOption({ label: '电话排查' })
    await ask.getByLabel('目的').selectOption({ label: '移交' })
    await ask.getByLabel('最近结果').check()
    await ask.getByLabel('事由').fill('移交酒店住客排查结果')
    await ask.getByLabel('使用单位').fill('香洲区疾控中心')
    await ask.getByRole('button', { name: '提交申请' }).click()
    await page.getByText('已提交，共 1240 人，等待他人审批').waitFor()
  })

  it('lets somebody else decide, and nobody about their own', async () => {
    const page = await open('exports', 'commander')
    await page.getByText('这是您自己的申请，须由他人审批').waitFor()
    expect(await page.getByRole('button', { name: '同意', exact: true }).count()).toBe(1)
    await page.getByRole('button', { name: '同意', exact: true }).click()
    await expect.poll(() => stub.asked.get('/api/exports/decide')).toBe(1)
    await expect.poll(() => page.getByText('生成中').count()).toBe(2)
  })

  it('destroys a list at the second press', async () => {
    const page = await open('exports', 'commander')
    await page.getByRole('button', { name: '销毁' }).click()
    expect(stub.asked.get('/api/exports/stop')).toBeUndefined()
    await page.getByRole('button', { name: '再按一次确认' }).click()
    await expect.poll(() => stub.asked.get('/api/exports/stop')).toBe(1)
  })

  it('traces a row for the auditor, who asks for no list', async () => {
    const page = await open('exports', 'auditor')
    await page.getByLabel('泄露的内容').fill('GK1A-2B3C-4D5E-6F7G 张三')
    await page.getByRole('button', { name: '追溯', exact: true }).click()
    await page.getByText('按行编号确认').waitFor()
    await page.getByText('接收人 排查员甲，香洲区疾控中心').waitFor()
    expect(await page.getByRole('button', { name: '提交申请' }).count()).toBe(0)
  })
})

describe.each([
  ['look-up', 'screening-clerk', '我最近的查询', 'My latest look-ups'],
  ['exports', 'data-protection-officer', '有效至', 'Valid until'],
  ['accesses', 'data-protection-officer', '查询偏多', 'Many look-ups'],
] as const)('%s', (path, role, zh, en) => {
  it.each([
    ['zh', 360, 740],
    ['zh', 1440, 900],
    ['en', 360, 740],
    ['en', 1440, 900],
  ] as const)('in %s at %d by %d is reachable for everyone and fits', async (locale, width, height) => {
    const page = await open(path, role, { locale, width, height })
    await page
      .getByText(locale === 'zh' ? zh : en)
      .first()
      .waitFor()
    if (path === 'look-up' && locale === 'zh') {
      await fillLookUp(page, '粤C12345')
      await page.getByRole('article').first().waitFor()
    }
    expect(await violations(page)).toEqual([])
    expect(await fitsWidth(page)).toBe(true)
    expect(opened?.troubles).toEqual([])
    if (process.env.KEEP_SCREENSHOTS !== undefined)
      await page.screenshot({
        path: join(process.env.KEEP_SCREENSHOTS, `${path}-${locale}-${width}.png`),
        fullPage: true,
      })
  })
})
