import { useTranslation } from 'react-i18next'
import type { Draft } from '#src/lane/draft.ts'
import type { DraftAction } from '#src/lane/draft-reducer.ts'
import {
  foreignLetters,
  plateDigits,
  plateLetters,
  plateSuffixes,
  provinceCharacters,
} from '#src/lane/plate.ts'
import { useField } from '#src/runtime/field-context.ts'
import { useStore } from '#src/runtime/store.ts'
import { Icon } from '#src/screens/chrome/Icon.tsx'
import { Key } from './Key.tsx'
import { afterPlate } from './KnownMatches.tsx'

type Props = { readonly draft: Draft; readonly act: (action: DraftAction) => void }

const EraseKey = ({ act }: Pick<Props, 'act'>) => {
  const { t } = useTranslation()
  return (
    <Key label={t('lane.erase')} look="word" onPress={() => act({ do: 'plate-back' })}>
      <Icon name="erase" />
    </Key>
  )
}

/** Digits, letters, and the row that leads on; five keys across so that each is a thumb wide. */
export const PlatePad = ({ draft, act }: Props) => {
  const { t } = useTranslation()
  const known = useStore(useField().lane.known.current)
  const symbol = (each: string) => (
    <Key key={each} onPress={() => act({ do: 'plate-symbol', symbol: each })}>
      {each}
    </Key>
  )
  return (
    <fieldset className="pad pad-five" aria-label={t('lane.plateKeys')}>
      {plateDigits.map(symbol)}
      {plateLetters.map(symbol)}
      <EraseKey act={act} />
      <Key look="word" onPress={() => act({ do: 'panel', panel: 'province' })}>
        {t('lane.province')}
      </Key>
      <Key look="word" label={t('lane.suffixLabel')} onPress={() => act({ do: 'panel', panel: 'suffix' })}>
        {t('lane.suffix')}
      </Key>
      <Key look="word" pressed={draft.withoutPlate} onPress={() => act({ do: 'plate-none' })}>
        {t('lane.noPlate')}
      </Key>
      <Key look="go" wide={2} onPress={() => act({ do: 'panel', panel: afterPlate(draft, known) })}>
        {t('lane.next')}
      </Key>
    </fieldset>
  )
}

/** Every province at one tap; back to letters by itself. */
export const ProvincePad = ({ act }: Pick<Props, 'act'>) => {
  const { t } = useTranslation()
  return (
    <fieldset className="pad pad-five" aria-label={t('lane.provinceKeys')}>
      {provinceCharacters.map((province) => (
        <Key key={province} onPress={() => act({ do: 'plate-province', province })}>
          {province}
        </Key>
      ))}
    </fieldset>
  )
}

export const SuffixPad = ({ act }: Pick<Props, 'act'>) => {
  const { t } = useTranslation()
  return (
    <fieldset className="pad pad-five" aria-label={t('lane.suffixKeys')}>
      {plateSuffixes.map((suffix) => (
        <Key key={suffix} onPress={() => act({ do: 'plate-symbol', symbol: suffix })}>
          {suffix}
        </Key>
      ))}
      {foreignLetters.map((letter) => (
        <Key key={letter} onPress={() => act({ do: 'plate-symbol', symbol: letter })}>
          {letter}
        </Key>
      ))}
      <Key
        look="word"
        onPress={() => {
          act({ do: 'plate', plate: '' })
          act({ do: 'panel', panel: 'plate' })
        }}
      >
        {t('plateKind.foreign')}
      </Key>
      <EraseKey act={act} />
      <Key look="word" onPress={() => act({ do: 'panel', panel: 'plate' })}>
        {t('lane.plate')}
      </Key>
    </fieldset>
  )
}
