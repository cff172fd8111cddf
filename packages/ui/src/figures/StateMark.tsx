import { useTranslation } from 'react-i18next'

/** What a figure calls for; never told by colour alone. */
export type FigureState = 'well' | 'look' | 'act' | 'info'

/** A shape of its own for each state, so that it can be told without colour. */
const shapes: Readonly<Record<FigureState, string>> = {
  well: 'M6 1.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 0 0 0-9z',
  look: 'M6 1l5.2 9.5H.8z',
  act: 'M6 .6L11.4 6L6 11.4L.6 6z',
  info: 'M2 2h8v8H2z',
}

/** The shape and, for those who listen, the word of a state. */
export const StateMark = ({
  state,
  silent = false,
}: {
  readonly state: FigureState
  readonly silent?: boolean
}) => {
  const { t } = useTranslation('ui')
  return (
    <span className={`state-mark state-${state}`}>
      <svg viewBox="0 0 12 12" width="10" height="10" aria-hidden="true">
        <path d={shapes[state]} fill="currentColor" />
      </svg>
      {silent ? null : <span className="only-heard">{t(`state.${state}`)}</span>}
    </span>
  )
}
