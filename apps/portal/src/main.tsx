import '@guankou/ui/theme/tokens.css'
import '@guankou/ui/theme/base.css'
import '@guankou/ui/person-page/person-page.css'
import '#src/portal.css'
import '#src/me/me.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { MePage } from '#src/me/MePage.tsx'
import { NoticePage } from '#src/NoticePage.tsx'

const dark = matchMedia('(prefers-color-scheme: dark)')
const follow = (): void => {
  document.documentElement.dataset.theme = dark.matches ? 'night' : 'day'
}
follow()
dark.addEventListener('change', follow)

const isOwnPage = window.location.pathname.replace(/\/$/, '').endsWith('/me')

const place = document.getElementById('root')
if (place === null) throw new Error('the page has no #root')
createRoot(place).render(<StrictMode>{isOwnPage ? <MePage /> : <NoticePage />}</StrictMode>)
