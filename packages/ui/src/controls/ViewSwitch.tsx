import { Segmented } from 'antd'

/** One of a few ways to see the same thing. @param name what is seen, for screen readers */
export const ViewSwitch = <View extends string>({
  name,
  value,
  views,
  onChange,
}: {
  readonly name: string
  readonly value: View
  readonly views: readonly { readonly value: View; readonly label: string }[]
  readonly onChange: (view: View) => void
}) => (
  <Segmented<View> size="small" aria-label={name} value={value} options={[...views]} onChange={onChange} />
)
