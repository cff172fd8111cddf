import { useQuery, useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ProofForm } from '#src/access/ProofForm.tsx'
import { ownAccountKey, ownAccountQuery } from '#src/access/queries.ts'
import { refusalOf } from '#src/api/client.ts'
import { Query } from '#src/layout/Query.tsx'

/** Runs a call; where the server wants a fresh proof of a factor, asks for one and runs it again. */
export type WithFactor = <T>(call: () => Promise<T>) => Promise<T>

const StepUpContext = createContext<WithFactor | null>(null)

/** For acts that the server may want a fresh proof for. */
export const useStepUp = (): WithFactor => {
  const withFactor = useContext(StepUpContext)
  if (withFactor === null) throw new Error('useStepUp is used outside of StepUpProvider')
  return withFactor
}

type Waiting = { readonly proved: () => void; readonly given: () => void }

const StepUpDialog = ({ waiting }: { readonly waiting: Waiting }) => {
  const { t } = useTranslation()
  const dialog = useRef<HTMLDialogElement>(null)
  const account = useQuery(ownAccountQuery)
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} className="plain-dialog" aria-labelledby="step-up-title" onClose={waiting.given}>
      <h2 id="step-up-title">{t('access.stepUpTitle')}</h2>
      <p>{t('access.stepUpLead')}</p>
      <Query query={account}>
        {(value) => <ProofForm account={value} secondOnly={false} onProved={waiting.proved} />}
      </Query>
      <div className="plain-buttons">
        <button type="button" className="link-button" onClick={() => dialog.current?.close()}>
          {t('access.cancel')}
        </button>
      </div>
    </dialog>
  )
}

/** Holds the dialog that asks for a factor, once for all pages. */
export const StepUpProvider = ({ children }: { readonly children: ReactNode }) => {
  const queryClient = useQueryClient()
  const [waiting, setWaiting] = useState<Waiting | null>(null)
  const withFactor = useMemo<WithFactor>(() => {
    const proof = (): Promise<boolean> =>
      new Promise((resolve) => {
        const end = (proved: boolean) => () => {
          setWaiting(null)
          void queryClient.invalidateQueries({ queryKey: ownAccountKey })
          resolve(proved)
        }
        setWaiting({ proved: end(true), given: end(false) })
      })
    return async (call) => {
      try {
        return await call()
      } catch (cause) {
        if (refusalOf(cause)?.code !== 'RECENT_FACTOR_NEEDED' || !(await proof())) throw cause
        return call()
      }
    }
  }, [queryClient])
  return (
    <StepUpContext value={withFactor}>
      {children}
      {waiting === null ? null : <StepUpDialog waiting={waiting} />}
    </StepUpContext>
  )
}
