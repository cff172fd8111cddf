declare module 'vitest' {
  export interface ProvidedContext {
    /** Folders of the fronts, built as they are served from what the files are now; see `global-setup.ts`. */
    fronts: Readonly<Record<'console' | 'field' | 'portal', string>>
  }
}

export {}
