/** Language of the headings and words of a list. */
export type Language = 'zh' | 'en'
