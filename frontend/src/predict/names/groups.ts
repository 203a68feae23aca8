// Names of the diagnosis groups that the model reads from a code.
import type { Text } from '../../../../lambdas/core/encounter/fields/index.ts';

export const GROUP_NAMES: Readonly<Record<string, Text>> = {
  circulatory: { en: 'Circulatory system', es: 'Aparato circulatorio' },
  respiratory: { en: 'Respiratory system', es: 'Aparato respiratorio' },
  digestive: { en: 'Digestive system', es: 'Aparato digestivo' },
  diabetes: { en: 'Diabetes mellitus', es: 'Diabetes mellitus' },
  injury: { en: 'Injury or poisoning', es: 'Lesión o intoxicación' },
  musculoskeletal: { en: 'Musculoskeletal system', es: 'Aparato locomotor' },
  genitourinary: { en: 'Genitourinary system', es: 'Aparato genitourinario' },
  neoplasms: { en: 'Neoplasm', es: 'Neoplasia' },
  infectious: { en: 'Infectious disease', es: 'Enfermedad infecciosa' },
  endocrine_other: { en: 'Endocrine or metabolic disease', es: 'Enfermedad endocrina o metabólica' },
  blood: { en: 'Disease of the blood', es: 'Enfermedad de la sangre' },
  mental: { en: 'Mental disorder', es: 'Trastorno mental' },
  nervous: { en: 'Nervous system or senses', es: 'Sistema nervioso u órganos de los sentidos' },
  pregnancy: { en: 'Pregnancy and childbirth', es: 'Embarazo y parto' },
  skin: { en: 'Disease of the skin', es: 'Enfermedad de la piel' },
  other: { en: 'Other symptom or condition', es: 'Otro síntoma o afección' },
  supplementary_v: { en: 'Health status or service', es: 'Estado de salud o servicio' },
  external_e: { en: 'External cause of injury', es: 'Causa externa de lesión' },
};
