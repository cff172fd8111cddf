/// <reference types="node" />
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
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
  stub.actAs('post-lead')
})
afterEach(async () => {
  await opened?.context.close()
  opened = undefined
  await stub.close()
})

const open = async (preferences: Parameters<typeof visit>[2] = {}): Promise<Page> => {
  opened = await visit(browser, `${stub.origin}/console/devices`, preferences)
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

describe('the Devices page', () => {
  it('makes an enrolment code that a phone scans or its holder types', async () => {
    const page = await open({ locale: 'zh' })
    await page.getByRole('button', { name: '登记手机' }).click()
    await page.getByLabel('手机名称').fill('下栅 3 号机')
    await page.getByLabel('地区').selectOption({ index: 1 })
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: '生成登记码' }).click()
    const code = page.getByRole('figure', { name: '登记码的二维码' })
    await code.waitFor()
    expect((await code.locator('svg').boundingBox())?.width).toBeGreaterThan(200)
    await page.getByText('K7QM4-XTD01').waitFor()
    await page.getByText(`${stub.origin}/field/enrol`).waitFor()
    expect(await violations(page)).toEqual([])
    expect(opened?.troubles).toEqual([])
  })

  it('asks before it wipes a lost phone, and shows when the phone has done it', async () => {
    const page = await open({ locale: 'en' })
    await page.getByRole('button', { name: 'Jiuzhou Port 2' }).click()
    await page.getByText('1 record', { exact: false }).first().waitFor()
    await page.getByRole('button', { name: 'Revoke or wipe' }).click()
    const dialog = page.getByRole('dialog', { name: 'Revoke “Jiuzhou Port 2”?' })
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    expect(stub.asked.get('/api/access/revoke-device')).toBeUndefined()
    await page.getByRole('button', { name: 'Revoke or wipe' }).click()
    await dialog.getByLabel('Reason').selectOption({ label: 'Stolen' })
    await dialog.getByRole('checkbox', { name: /now 118/ }).check()
    expect(await violations(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Revoke and wipe' }).click()
    await page.getByText(/asked for at .*; waits for the phone/).waitFor()
    await page.getByText(/ · Stolen/).waitFor()
    stub.devices.acknowledge('7f1c4c3a-0b1d-4e59-9a5e-2f64f1f0a002')
    await page.getByText(/the phone said at .* that it is done/).waitFor({ timeout: 60_000 })
    expect(await page.getByRole('button', { name: 'Put back into use' }).count()).toBe(0)
    expect(opened?.troubles).toEqual([])
  })

  it('revokes without wiping, and puts back into use', async () => {
    const page = await open({ locale: 'zh' })
    await page.getByRole('button', { name: '下栅 1 车道' }).click()
    await page.getByRole('button', { name: '停用或清除' }).click()
    await page
      .getByRole('dialog', { name: /停用“/ })
      .getByRole('button', { name: '停用', exact: true })
      .click()
    await page.getByText(/ · 遗失/).waitFor()
    await page.getByRole('button', { name: '重新启用' }).click()
    await page.getByText('已重新启用。').waitFor()
  })

  it('says why others may not', async () => {
    stub.actAs('auditor')
    const page = await open({ locale: 'zh', width: 360, height: 740 })
    const enrol = page.getByRole('button', { name: '登记手机' })
    expect(await enrol.isDisabled()).toBe(true)
    expect(await enrol.getAttribute('title')).toContain('只有带班领导和系统管理员')
    await page.getByRole('button', { name: '下栅 1 车道' }).click()
    expect(await page.getByRole('button', { name: '停用或清除' }).isDisabled()).toBe(true)
    expect(await violations(page)).toEqual([])
  })
})
