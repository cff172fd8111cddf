import '#src/antd.css'
import '@guankou/ui/theme/fonts.css'
import '@guankou/ui/theme/tokens.css'
import '@guankou/ui/theme/base.css'
import '@guankou/ui/figures/figures.css'
import '@guankou/ui/controls/controls.css'
import '@guankou/ui/lists/lists.css'
import '@guankou/ui/tables/tables.css'
import '@guankou/ui/feedback/feedback.css'
import '#src/layout/layout.css'
import '#src/access/access.css'
import '#src/situation/situation.css'
import '#src/origins/origins.css'
import '#src/posts/posts.css'
import '#src/devices/devices.css'
import '#src/retention/retention.css'
import '#src/look-up/look-up.css'
import '#src/audit/audit.css'
import '#src/screening/screening.css'
import '#src/testing/testing.css'
import '#src/monitoring/monitoring.css'
import '#src/handovers/handovers.css'
import '@guankou/ui/person-page/person-page.css'
import '#src/requests/requests.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createQueryClient } from '#src/api/queries.ts'
import { PreferencesProvider } from '#src/layout/PreferencesProvider.tsx'
import { createConsoleRouter } from '#src/router.tsx'

const queryClient = createQueryClient()
const router = createConsoleRouter(queryClient)
const place = document.getElementById('root')
if (place === null) throw new Error('the page has no #root')

createRoot(place).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <PreferencesProvider>
        <RouterProvider router={router} />
      </PreferencesProvider>
    </QueryClientProvider>
  </StrictMode>,
)
