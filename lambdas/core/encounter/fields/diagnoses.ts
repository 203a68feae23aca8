// The first three diagnoses of the stay as ICD-9-CM codes.

const code = { kind: 'diagnosis', section: 'diagnoses' } as const;

const help = {
  en: 'ICD-9-CM code, such as 428, 250.83, V58 or E885.',
  es: 'Código CIE-9-MC, por ejemplo 428, 250.83, V58 o E885.',
} as const;

export const diag1 = {
  ...code,
  name: 'diag_1',
  presence: 'nullable',
  label: { en: 'Primary diagnosis', es: 'Diagnóstico principal' },
  help,
} as const;

export const diag2 = {
  ...code,
  name: 'diag_2',
  presence: 'optional',
  label: { en: 'Secondary diagnosis', es: 'Diagnóstico secundario' },
  help,
} as const;

export const diag3 = {
  ...code,
  name: 'diag_3',
  presence: 'optional',
  label: { en: 'Additional diagnosis', es: 'Diagnóstico adicional' },
  help,
} as const;
