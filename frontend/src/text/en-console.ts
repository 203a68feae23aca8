// English words of the engineers' pages.
export const console = {
  'token.refused': 'This takes an operator token, and the one given was refused.',
} as const;
