import type { PackContent } from '@guankou/contract/sync/pack.ts'
import { Link, Navigate, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { nextDoor } from '#src/round/doors.ts'
import { useField } from '#src/runtime/field-context.ts'
import { useStore } from '#src/runtime/store.ts'
import { NoPinNotice } from '../guard/PinSection.tsx'
import { PackGate } from '../PackGate.tsx'
import { usePack } from '../use-pack.ts'
import { AddressForm } from './AddressForm.tsx'
import { addressText } from './address-text.ts'
import { DoorList } from './DoorList.tsx'
import { DoorMap } from './DoorMap.tsx'
import { RoundHead } from './RoundHead.tsx'
import { RoundNews } from './RoundNews.tsx'
import { type RoundAtHand, useRound } from './use-round.ts'
import { useRoundTexts } from './use-round-texts.ts'
import './round.css'

const tabNames = ['list', 'map', 'add'] as const
type TabName = (typeof tabNames)[number]

const AddDoor = ({ at }: { readonly at: RoundAtHand }) => {
  const { t } = useTranslation()
  const navigate = useNavigate()
  return (
    <AddressForm
      at={at}
      label={t('round.newDoor')}
      submit={t('round.openDoor')}
      withCell
      place="new"
      onTake={async (address, gridCellId) => {
        const made = await at.say({ is: 'household-opened', gridCellId, address })
        if (made.is !== 'recorded') return false
        void navigate({ to: '/round/$id', params: { id: made.householdId } })
        return true
      }}
    />
  )
}

const Progress = ({ at }: { readonly at: RoundAtHand }) => {
  const { t } = useTranslation()
  const count = (state: string): number => at.lines.filter((line) => line.state === state).length
  const complete = count('complete')
  const all = at.lines.length - count('idle')
  return (
    <div className="round-progress">
      <p>
        <b>{t('round.progress', { complete, all })}</b>{' '}
        {at.round === undefined ? null : (
          <span className="quiet">
            {t('round.walk', { minutes: Math.round(at.round.walk.plannedMinutes) })}
          </span>
        )}
      </p>
      <meter min={0} max={Math.max(1, all)} value={complete}>
        {complete}/{all}
      </meter>
    </div>
  )
}

const InHand = ({ content }: { readonly content: PackContent }) => {
  const { t } = useTranslation()
  const { settings } = useField()
  const { locale } = useStore(settings)
  const at = useRound(content)
  const [tab, setTab] = useState<TabName>('list')
  const next = nextDoor(at.lines)
  return (
    <>
      <RoundHead title={at.round?.team.name[locale] ?? t('round.title')} />
      <main className="page round-page" id="content">
        <NoPinNotice />
        <RoundNews at={at} />
        <Progress at={at} />
        {tab === 'list' ? <DoorList at={at} /> : null}
        {tab === 'map' ? <DoorMap at={at} /> : null}
        {tab === 'add' ? <AddDoor at={at} /> : null}
      </main>
      {next === undefined ? null : (
        <Link to="/round/$id" params={{ id: next.id }} className="button button-main round-next">
          {t('round.next', { door: addressText(next.address) })}
        </Link>
      )}
      <nav className="post-tabs round-tabs" aria-label={t('round.title')}>
        {tabNames.map((name) => (
          <button
            key={name}
            type="button"
            className="post-tab"
            aria-current={name === tab ? 'page' : undefined}
            onClick={() => setTab(name)}
          >
            {t(`round.tabs.${name}`)}
          </button>
        ))}
      </nav>
    </>
  )
}

/** The doors of today, for the team that goes. */
export const RoundScreen = () => {
  useRoundTexts()
  const { runtime } = useField()
  const profile = useStore(runtime.profile)
  const { held } = usePack()
  if (profile === undefined) return <Navigate to="/sign-in" />
  return held === undefined ? <PackGate /> : <InHand content={held.content} />
}
