import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FoundElsewhere as Found, RoundBook } from '#src/runtime/round-book.ts'
import { addressText } from './address-text.ts'
import type { RoundAtHand } from './use-round.ts'

type Props = {
  readonly at: RoundAtHand
  readonly sought: Parameters<RoundBook['search']>[0]
  /** Households at hand that are known to be alike. */
  readonly own?: readonly string[]
}

const pauseMs = 700

/** Asks the server once typing rests; without a network nothing is found, and that is said nowhere. */
const useFound = ({ book }: RoundAtHand, sought: Props['sought']): readonly Found[] => {
  const [found, setFound] = useState<readonly Found[]>([])
  const key = JSON.stringify(sought)
  useEffect(() => {
    setFound([])
    if (key === '{}') return undefined
    let isOver = false
    const timer = setTimeout(() => {
      void book.search(JSON.parse(key) as Props['sought']).then((answer) => {
        if (!isOver) setFound(answer)
      })
    }, pauseMs)
    return () => {
      isOver = true
      clearTimeout(timer)
    }
  }, [book, key])
  return found
}

/** Says that a document, phone or door is on file already and leads there; nothing is joined by itself. */
export const FoundElsewhere = ({ at, sought, own = [] }: Props) => {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const found = useFound(at, sought)
  const known = new Set(own)
  const others = found.filter(({ householdId }) => !known.has(householdId))
  const go = async (householdId: string): Promise<void> => {
    const isHere = at.lines.some(({ id }) => id === householdId)
    if (isHere || (await at.book.open(householdId)))
      void navigate({ to: '/round/$id', params: { id: householdId } })
  }
  if (known.size + others.length === 0) return null
  return (
    <div className="notice round-found" role="status">
      {own.map((householdId) => {
        const line = at.lines.find(({ id }) => id === householdId)
        return (
          <p key={householdId}>
            {t('round.found.address')} {line === undefined ? '' : addressText(line.address)}
            <button type="button" className="button button-small" onClick={() => void go(householdId)}>
              {t('round.found.open')}
            </button>
          </p>
        )
      })}
      {others.map(({ ground, householdId, mayOpen }) => (
        <p key={`${ground} ${householdId}`}>
          {t(`round.found.${ground}`)}
          {mayOpen ? (
            <button type="button" className="button button-small" onClick={() => void go(householdId)}>
              {t('round.found.open')}
            </button>
          ) : (
            <span className="quiet"> {t('round.found.elsewhere')}</span>
          )}
        </p>
      ))}
    </div>
  )
}
