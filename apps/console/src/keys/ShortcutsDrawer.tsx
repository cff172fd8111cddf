import { Drawer } from 'antd'
import { useTranslation } from 'react-i18next'
import { shortcuts } from '#src/keys/shortcuts.ts'
import { usePreferences } from '#src/layout/use-preferences.ts'

/** Every shortcut, and the switch that turns them off. */
export const ShortcutsDrawer = ({
  open,
  onClose,
}: {
  readonly open: boolean
  readonly onClose: () => void
}) => {
  const { t } = useTranslation()
  const { preferences, setSingleKeys } = usePreferences()
  return (
    <Drawer
      open={open}
      onClose={onClose}
      size={380}
      mask={false}
      title={t('keys.title')}
      closable={{ 'aria-label': t('keys.close') }}
    >
      <dl className="figures">
        {shortcuts.map(({ key, does }) => (
          <div key={key}>
            <dt>{t(`keys.${does}`)}</dt>
            <dd>
              <kbd>{key}</kbd>
            </dd>
          </div>
        ))}
      </dl>
      <label className="check">
        <input
          type="checkbox"
          checked={preferences.singleKeys}
          onChange={(event) => setSingleKeys(event.currentTarget.checked)}
        />
        {t('keys.enabled')}
      </label>
    </Drawer>
  )
}
