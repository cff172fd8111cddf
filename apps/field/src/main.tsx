import '@guankou/ui/theme/tokens.css'
import '@guankou/ui/theme/base.css'
import '#src/theme/field.css'
import '#src/theme/controls.css'
import '#src/theme/lane.css'
import '#src/theme/lane-known.css'
import '#src/theme/outcome.css'
import '#src/theme/pages.css'
import '#src/screens/capture/capture.css'
import '#src/screens/posts/posts.css'
import '#src/screens/slip/slip.css'
import '#src/screens/testing/test-prompt.css'
import '#src/screens/handovers/handovers.css'
import { createI18n } from '@guankou/ui/i18n/create-i18n.ts'
import { createRoot } from 'react-dom/client'
import { I18nextProvider } from 'react-i18next'
import { App } from '#src/App.tsx'
import { loadLaterTexts } from '#src/i18n/later-texts.ts'
import { firstTextsZh } from '#src/i18n/zh-first.ts'
import { resumeUnsent } from '#src/pairing/resume-unsent.ts'
import { openFieldRuntime } from '#src/runtime/field-runtime.ts'
import { createHandoverBook } from '#src/runtime/handover-book.ts'
import { createLaneSession } from '#src/runtime/lane-session.ts'
import { readSettings } from '#src/runtime/settings.ts'
import { createStore } from '#src/runtime/store.ts'
import { CannotOpen } from '#src/screens/CannotOpen.tsx'
import { watchForUpdate } from '#src/service-worker/watch-for-update.ts'
import { applyLanguage, applyTheme } from '#src/theme/apply.ts'

const settings = createStore(readSettings(localStorage, navigator.languages))
const i18n = createI18n(settings.get().locale, { zh: firstTextsZh, en: {} })
applyTheme(settings.get().theme)
const language = applyLanguage(i18n, settings.get().locale).catch(() => undefined)

const element = document.getElementById('root')
if (element === null) throw new Error('index.html has no #root')
const root = createRoot(element)
const update = watchForUpdate()

/** Whether the app opens at the lane, or at the front door that leads there: their texts are in the first load. */
const opensAtLane = /^\/field\/(?:lane)?$/.test(window.location.pathname)

const open = async (): Promise<void> => {
  await language
  if (!opensAtLane) await loadLaterTexts(i18n).catch(() => undefined)
  try {
    const { runtime, start } = await openFieldRuntime()
    const lane = createLaneSession(runtime)
    const handovers = createHandoverBook(runtime)
    runtime.atWork.onOpened = async () => {
      await lane.open()
      await handovers.open()
      const accountId = runtime.profile.get()?.accountId
      if (accountId !== undefined) void resumeUnsent(runtime.pairing, accountId).catch(() => undefined)
    }
    runtime.atWork.onClosing = async () => {
      await lane.close()
      handovers.close()
    }
    await start()
    void import('#src/capture/parts/kept-parts.ts')
      .then(({ renewParts }) => renewParts())
      .catch(() => undefined)
    root.render(
      <I18nextProvider i18n={i18n}>
        <App field={{ runtime, lane, handovers, settings, update }} />
      </I18nextProvider>,
    )
    void loadLaterTexts(i18n).catch(() => undefined)
  } catch (cause) {
    root.render(
      <I18nextProvider i18n={i18n}>
        <CannotOpen reason={cause instanceof Error ? cause.name : String(cause)} />
      </I18nextProvider>,
    )
  }
}

void open()
