import '@guankou/ui/theme/tokens.css'
import '@guankou/ui/theme/base.css'
import '#src/portal.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { NoticePage } from '#src/NoticePage.tsx'

const dark = matchMedia('(prefers-color-scheme: dark)')
const follow = (): void => {
  document.documentElement.dataset.theme = dark.matches ? 'night' : 'day'
}
follow()
dark.addEventListener('change', follow)

const place = document.getElementById('root')
if (place === null) throw new Error('the page has no #root')
createRoot(place).render(
  <StrictMode>
    <NoticePage />
  </StrictMode>,
)
