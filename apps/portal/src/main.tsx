import '@guankou/ui/theme/tokens.css'
import '@guankou/ui/theme/base.css'
import '@guankou/ui/person-page/person-page.css'
import '#src/portal.css'
import '#src/me/me.css'
import '#src/declare/declare.css'
import '#src/paper/paper.css'
import '#src/report/report.css'
import { type ComponentType, lazy, StrictMode, Suspense } from 'react'
import { createRoot } from 'react-dom/client'

const dark = matchMedia('(prefers-color-scheme: dark)')
const follow = (): void => {
  document.documentElement.dataset.theme = dark.matches ? 'night' : 'day'
}
follow()
dark.addEventListener('change', follow)

/** By the end of the address; each page comes with what it needs and no more. */
const pages: readonly (readonly [string, ComponentType])[] = [
  ['/me', lazy(async () => ({ default: (await import('#src/me/MePage.tsx')).MePage }))],
  ['/declare', lazy(async () => ({ default: (await import('#src/declare/DeclarePage.tsx')).DeclarePage }))],
  ['/declare/paper', lazy(async () => ({ default: (await import('#src/paper/PaperPage.tsx')).PaperPage }))],
  [
    '/released',
    lazy(async () => ({ default: (await import('#src/released/ReleasedPage.tsx')).ReleasedPage })),
  ],
  ['/report', lazy(async () => ({ default: (await import('#src/report/ReportPage.tsx')).ReportPage }))],
  [
    '/certificate',
    lazy(async () => ({ default: (await import('#src/certificate/CertificatePage.tsx')).CertificatePage })),
  ],
]
const Notice = lazy(async () => ({ default: (await import('#src/NoticePage.tsx')).NoticePage }))

const path = window.location.pathname.replace(/\/$/, '')
const Page = pages.find(([end]) => path.endsWith(end))?.[1] ?? Notice

const place = document.getElementById('root')
if (place === null) throw new Error('the page has no #root')
createRoot(place).render(
  <StrictMode>
    <Suspense fallback={<p aria-busy="true" />}>
      <Page />
    </Suspense>
  </StrictMode>,
)
