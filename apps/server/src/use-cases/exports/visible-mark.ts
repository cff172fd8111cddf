import { type ExportPurpose, exportPurposeNames } from '@guankou/contract/exports/columns.ts'
import type { Bilingual } from '@guankou/contract/primitives.ts'
import type { Language } from '#src/use-cases/exports/words.ts'

/** Who holds a list, for what and until when. */
export type MarkedFor = {
  readonly exportId: string
  readonly name: Bilingual
  readonly organisation: string
  readonly purpose: ExportPurpose
  readonly download: number
  /** Local times, to the minute. */
  readonly downloadedAt: string
  readonly expiresAt: string
}

/** The mark that stands on every sheet and every printed page. */
export type VisibleMark = {
  /** Above and below the rows. */
  readonly lines: readonly string[]
  /** Head and foot of a printed page, within the 255 characters that spreadsheets allow. */
  readonly head: string
  readonly foot: string
}

const cut = (text: string, letters: number): string =>
  [...text].length <= letters ? text : `${[...text].slice(0, letters - 1).join('')}…`

const zh = (mark: MarkedFor): VisibleMark => ({
  lines: [
    `仅供 ${mark.organisation}（${mark.name.zh}）使用 · 目的：${exportPurposeNames[mark.purpose].zh}`,
    `名单编号 ${mark.exportId} · 第 ${mark.download} 次下载 ${mark.downloadedAt} · 有效期至 ${mark.expiresAt} · 含个人信息，不得转发，到期销毁；每一行均可追溯到接收人`,
  ],
  head: `仅供 ${cut(mark.organisation, 60)}（${cut(mark.name.zh, 30)}）· ${exportPurposeNames[mark.purpose].zh}`,
  foot: `${mark.exportId} · ${mark.downloadedAt} · 有效期至 ${mark.expiresAt} · 不得转发`,
})

const en = (mark: MarkedFor): VisibleMark => ({
  lines: [
    `For ${mark.organisation} (${mark.name.en}) only · Purpose: ${exportPurposeNames[mark.purpose].en}`,
    `List ${mark.exportId} · download ${mark.download}, ${mark.downloadedAt} · valid until ${mark.expiresAt} · Personal data: do not pass on, destroy when it expires; every row can be traced to its recipient`,
  ],
  head: `For ${cut(mark.organisation, 60)} (${cut(mark.name.en, 30)}) only · ${exportPurposeNames[mark.purpose].en}`,
  foot: `${mark.exportId} · ${mark.downloadedAt} · valid until ${mark.expiresAt} · do not pass on`,
})

export const visibleMark = (language: Language, mark: MarkedFor): VisibleMark =>
  language === 'zh' ? zh(mark) : en(mark)
