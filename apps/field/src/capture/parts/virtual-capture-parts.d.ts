declare module 'virtual:capture-parts' {
  export const captureParts: Readonly<
    Record<
      'codes' | 'runtime' | 'detector' | 'recogniser' | 'keys',
      {
        readonly url: string
        /** As it travels, packed. */
        readonly bytes: number
      }
    >
  >
}
