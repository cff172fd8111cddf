const paths = {
  back: 'M15 5l-7 7 7 7',
  gear: 'M12 8.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM12 3v2.5M12 18.5V21M3 12h2.5M18.5 12H21M5.6 5.6l1.8 1.8M16.6 16.6l1.8 1.8M18.4 5.6l-1.8 1.8M7.4 16.6l-1.8 1.8',
  erase: 'M9 6h11v12H9l-6-6 6-6zM12 9.5l5 5M17 9.5l-5 5',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  alert: 'M12 4v10M12 18.2v.6',
  again: 'M19 12a7 7 0 1 1-2.2-5.1M19 4v4h-4',
  house: 'M4 11l8-7 8 7v9H4zM10 20v-5h4v5',
  building: 'M6 21V4h12v17M9 8h2M13 8h2M9 12h2M13 12h2M10 21v-4h4v4',
  turn: 'M8 20V10a4 4 0 0 1 8 0v3M12.5 10L16 14l3.5-4',
  cross: 'M9 4h6v5h5v6h-5v5H9v-5H4V9h5z',
  camera: 'M4 8h3l2-3h6l2 3h3v11H4zM12 10a3.2 3.2 0 1 0 0 6.4 3.2 3.2 0 0 0 0-6.4z',
  code: 'M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2v2h-2zM18 14h2v2h-2zM14 18h2v2h-2zM18 18h2v2h-2z',
  people:
    'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20c0-4 3-6 6.5-6s6.5 2 6.5 6M16 4.5a3.3 3.3 0 0 1 0 6.2M18 14.4c2.2.8 3.5 2.7 3.5 5.6',
  info: 'M12 11v7M12 6.2v.6',
} as const

export type IconName = keyof typeof paths

/** A drawn sign; words always stand beside it, so that it is hidden from being read out. */
export const Icon = ({ name, size = 24 }: { readonly name: IconName; readonly size?: number }) => (
  <svg
    aria-hidden="true"
    width={size}
    height={size}
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    strokeWidth="2"
    strokeLinecap="round"
    strokeLinejoin="round"
  >
    <path d={paths[name]} />
  </svg>
)
