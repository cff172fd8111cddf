import { Outlet, useLocation } from '@tanstack/react-router'
import { useField } from '#src/runtime/field-context.ts'
import { useStore } from '#src/runtime/store.ts'
import { PackGate } from '#src/screens/PackGate.tsx'
import { DestroyedScreen } from './DestroyedScreen.tsx'
import { SetPinScreen } from './SetPinScreen.tsx'
import { UnlockScreen } from './UnlockScreen.tsx'
import { WipedScreen } from './WipedScreen.tsx'

/** Pages that show nothing of anybody: they open while the gate is closed. */
const freePages = /\/(sign-in|enrol)$/

/** Nothing of a record is shown but behind an open gate; this is the one place that sees to it. */
export const Guarded = () => {
  const { runtime } = useField()
  const wiped = useStore(runtime.wiped)
  const gate = useStore(runtime.keeper.gate)
  const { pathname } = useLocation()
  if (wiped !== undefined) return <WipedScreen wiped={wiped} />
  if (freePages.test(pathname)) return <Outlet />
  if (gate.is === 'destroyed') return <DestroyedScreen gate={gate} />
  if (gate.is === 'locked') return <UnlockScreen gate={gate} />
  if (gate.is === 'set-pin') return <SetPinScreen />
  return gate.is === 'waiting' ? <PackGate /> : <Outlet />
}
