/// <reference types="node" />
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { launchBrowser, type Visit, visit } from '../../tests-support/browser.ts'
import { brokenDay, emptyDay, goodToken, type StubApi, startStubApi } from '../../tests-support/stub-api.ts'
import { noTally } from '../../tests-support/stub-city.ts'

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

const open = async (path: string, preferences: Parameters<typeof visit>[2] = {}): Promise<Page> => {
  opened = await visit(browser, `${stub.origin}/console${path}`, preferences)
  return opened.page
}
const kpi = (page: Page, name: string) => page.getByRole('article', { name, exact: true })
const kpiValue = async (page: Page, name: string): Promise<number> =>
  Number(await kpi(page, name).locator('data').getAttribute('value'))

/** Serious and critical findings of axe-core, by rule and place. */
const violations = async (page: Page): Promise<readonly string[]> => {
  const source = await readFile(axePath, 'utf8')
  // The debugger's way in: the page's own policy lets no script be added.
  await page.evaluate(source)
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: {
        run: (options: object) => Promise<{
          violations: { id: string; impact: string; nodes: { target: unknown[] }[] }[]
        }>
      }
    }
    const result = await axe.run({ resultTypes: ['violations'] })
    return result.violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} ${target.join(' ')}`))
  })
}

const fitsWidth = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)

describe('the Situation page', () => {
  it('shows the day’s figures of the area under a policy that allows no inline style or script', async () => {
    const page = await open('/situation')
    await kpi(page, '查验车辆').waitFor()
    expect(await kpiValue(page, '查验车辆')).toBeGreaterThan(0)
    expect(await kpi(page, '最长排队（估计）').textContent()).toContain('下栅')
    await page.getByText('实时').waitFor()
    await page.getByRole('row', { name: /中山市/ }).waitFor()
    expect(await page.getByRole('img').count()).toBe(2)
    expect(opened?.troubles).toEqual([])
  })

  it('counts a committed screening without a reload, exactly, and says how long it took', async () => {
    const page = await open('/situation')
    await page.getByText('实时').waitFor()
    const [vehicles, people] = [await kpiValue(page, '查验车辆'), await kpiValue(page, '查验人员')]
    const finding = {
      screeningId: '01900000-0000-7000-8000-0000000000ff',
      postId: 3,
      lane: 4,
      occurredAt: new Date().toISOString(),
      disposition: 'referred' as const,
      travellers: 5,
      febrile: 1,
      ruleIds: ['R1'],
    }
    stub.commit({ ...noTally, vehicles: 1, travellers: 5, febrile: 1, referred: 1 }, [finding])
    await page.getByRole('list', { name: '最近发现' }).getByText('4 车道 · 5 人').waitFor({ timeout: 60_000 })
    await expect.poll(() => kpiValue(page, '查验车辆')).toBe(vehicles + 1)
    await expect.poll(() => kpiValue(page, '查验人员')).toBe(people + 5)
    await page.getByText(/^实时 · \d+\.\d 秒$/).waitFor()
  })

  it('takes a burst of commits in few rounds and ends on the exact count', async () => {
    const page = await open('/situation')
    await page.getByText('实时').waitFor()
    await page.waitForTimeout(500)
    const before = await kpiValue(page, '查验车辆')
    const asked = stub.asked.get('/api/situation/summary') ?? 0
    for (let count = 0; count < 200; count++) {
      stub.commit({ ...noTally, vehicles: 1, travellers: 2 })
      if (count % 20 === 0) await page.waitForTimeout(20)
    }
    await expect.poll(() => kpiValue(page, '查验车辆')).toBe(before + 200)
    expect((stub.asked.get('/api/situation/summary') ?? 0) - asked).toBeLessThan(20)
  })

  it('shows no stale figure as live: says since when, and reads anew when the line is back', async () => {
    const page = await open('/situation', { locale: 'en' })
    await page.getByText('Live', { exact: true }).waitFor()
    const before = await kpiValue(page, 'Vehicles screened')
    stub.cutStreams(true)
    await page.getByText(/Stale since \d\d:\d\d:\d\d/).waitFor()
    stub.commit({ ...noTally, vehicles: 7, travellers: 7 })
    stub.cutStreams(false)
    await page.getByText(/^Live/).waitFor()
    await expect.poll(() => kpiValue(page, 'Vehicles screened')).toBe(before + 7)
  })

  it('says so when a day has no record, and that a past day is not today', async () => {
    const page = await open(`/situation?day=${emptyDay}`)
    await page.getByText('这一天还没有查验记录').waitFor()
    expect(await kpiValue(page, '查验车辆')).toBe(0)
    await page.getByText('往日数据').waitFor()
    await page.getByRole('button', { name: '后一天' }).click()
    await page.waitForURL(new RegExp(`day=${brokenDay}`))
  })

  it('tells of a failure in words, with the id to report and a way to try again', async () => {
    const page = await open(`/situation?day=${brokenDay}`)
    const alert = page.getByRole('alert')
    await alert.waitFor({ timeout: 60_000 })
    expect(await alert.textContent()).toMatch(/服务器出错.*stub-1/)
    await alert.getByRole('button', { name: '重试' }).waitFor()
  })

  it('changes language at once, everywhere, and keeps the choice', async () => {
    const page = await open('/situation')
    await kpi(page, '查验车辆').waitFor()
    await page.getByRole('button', { name: 'EN' }).click()
    await kpi(page, 'Vehicles screened').waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe('en-GB')
    // Whatever is still Chinese must be the button that leads back, the mark, or a name from the data.
    const left = await page.locator('body').innerText()
    expect(left.replaceAll(/[关中文]/g, '')).not.toMatch(/[\u4e00-\u9fff]/)
    await page.reload()
    await kpi(page, 'Vehicles screened').waitFor()
  })

  it('opens a post from the table, by address, and closes it', async () => {
    const page = await open('/situation?city=table')
    await page.getByRole('button', { name: '下栅', exact: true }).click()
    await page.waitForURL(/post=1/)
    const drawer = page.getByRole('dialog')
    await drawer.getByText('11.2 分钟').waitFor()
    await drawer.getByRole('button', { name: '关闭' }).click()
    await page.waitForURL((url) => !url.search.includes('post='))
  })

  it('exports exactly the table on show, in its order', async () => {
    const page = await open('/situation?sort=travellers')
    await page.getByRole('row', { name: /中山市/ }).waitFor()
    const shown = await page.getByRole('region', { name: '来源地' }).getByRole('row').allInnerTexts()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '导出' }).click(),
    ])
    const text = await readFile(await download.path(), 'utf8')
    const rows = text.replace('\ufeff', '').trim().split('\r\n')
    const plain = (value: string) => value.replaceAll(/[\s",▲▼]/g, '')
    expect(rows.map(plain)).toEqual([...new Set(shown.map(plain))])
  })

  it('obeys the keyboard', async () => {
    const page = await open('/situation')
    await kpi(page, '查验车辆').waitFor()
    await page.keyboard.press('o')
    await page.waitForURL(/origins=map/)
    await page.keyboard.press('[')
    await page.waitForURL(/day=\d{4}-\d\d-\d\d/)
    await page.keyboard.press('?')
    await page.getByRole('dialog').getByText('前一天').waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('g')
    await page.keyboard.press('d')
    await page.getByRole('heading', { name: '设备' }).waitFor()
  })
})

describe('access', () => {
  it('leads whoever is not signed in to the way in, and a link in', async () => {
    stub.signIn(false)
    const page = await open('/situation')
    await page.getByText('npx guankou sign-in-link --role commander').waitFor()
    await page.getByRole('textbox', { name: '链接或口令' }).fill('nonsense')
    await page.getByRole('button', { name: '用链接登录' }).click()
    await page.getByText(/这不像登录链接/).waitFor()
    await page.goto(`${stub.origin}/console/sign-in#token=${goodToken}`)
    await page.reload()
    await kpi(page, '查验车辆').waitFor()
    expect(page.url()).not.toContain('token')
  })

  it('signs out', async () => {
    const page = await open('/situation')
    await page.getByRole('button', { name: '退出' }).click()
    await page.getByRole('heading', { name: '登录指挥端' }).waitFor()
  })

  it('says why a spent link does not work', async () => {
    stub.signIn(false)
    const page = await open('/sign-in#token=a-token-that-was-spent')
    await page.getByText('登录链接已用过或已过期').waitFor()
  })
})

describe.each([
  ['wide', 1440, 900],
  ['narrow', 360, 740],
] as const)('on a %s screen', (_, width, height) => {
  it.each([
    ['/situation', 'day', 'zh'],
    ['/situation', 'night', 'en'],
    ['/situation?city=table&curve=table&origins=map', 'sunlight', 'en'],
    ['/situation?post=1', 'day', 'en'],
    ['/situation?keys=true', 'night', 'zh'],
    ['/posts', 'day', 'zh'],
    ['/devices', 'night', 'en'],
    ['/sign-in', 'day', 'zh'],
  ] as const)('%s by %s in %s is accessible and does not overflow', async (path, theme, locale) => {
    const page = await open(path, { width, height, theme, locale })
    await page.getByRole('heading', { level: 1 }).waitFor()
    if (path.startsWith('/situation')) await page.locator('.kpi').first().waitFor()
    if (/post=|keys=/.test(path)) await page.getByRole('dialog').waitFor()
    await page.waitForTimeout(300)
    expect(await violations(page)).toEqual([])
    expect(await fitsWidth(page)).toBe(true)
  })
})
