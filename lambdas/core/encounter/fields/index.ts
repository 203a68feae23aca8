// The 23 fields of an encounter in the order of the contract, and the sections that a form shows them in.
import * as admission from './admission.ts';
import * as diagnoses from './diagnoses.ts';
import type { Field, Section, Text } from './field.ts';
import * as patient from './patient.ts';
import * as stay from './stay.ts';
import * as treatment from './treatment.ts';
import * as visits from './visits.ts';

export type { Choice, Field, IdMeaning, Presence, Section, Text } from './field.ts';

/** The contract's fields by name: limits, choices, meanings and texts. */
export const FIELDS = {
  race: patient.race,
  gender: patient.gender,
  age_bucket: patient.ageBucket,
  time_in_hospital: stay.timeInHospital,
  num_lab_procedures: stay.numLabProcedures,
  num_procedures: stay.numProcedures,
  num_medications: stay.numMedications,
  number_outpatient: visits.numberOutpatient,
  number_emergency: visits.numberEmergency,
  number_inpatient: visits.numberInpatient,
  number_diagnoses: stay.numberDiagnoses,
  max_glu_serum: treatment.maxGluSerum,
  a1c_result: treatment.a1cResult,
  insulin: treatment.insulin,
  change_med: treatment.changeMed,
  diabetes_med: treatment.diabetesMed,
  diag_1: diagnoses.diag1,
  diag_2: diagnoses.diag2,
  diag_3: diagnoses.diag3,
  medical_specialty: admission.medicalSpecialty,
  admission_type_id: admission.admissionTypeId,
  discharge_disposition_id: admission.dischargeDispositionId,
  admission_source_id: admission.admissionSourceId,
} as const;

export type FieldName = keyof typeof FIELDS;

/** The same fields as a list, each seen as the general `Field`. */
export const FIELD_LIST: readonly (Field & { readonly name: FieldName })[] = Object.values(FIELDS);

/** Form sections in reading order. */
export const SECTIONS: readonly { readonly name: Section; readonly label: Text }[] = [
  { name: 'patient', label: { en: 'Patient', es: 'Paciente' } },
  { name: 'admission', label: { en: 'Admission and discharge', es: 'Ingreso y alta' } },
  { name: 'stay', label: { en: 'Hospital stay', es: 'Estancia' } },
  { name: 'visits', label: { en: 'Visits in the year before', es: 'Visitas del año anterior' } },
  { name: 'treatment', label: { en: 'Diabetes tests and treatment', es: 'Pruebas y tratamiento de la diabetes' } },
  { name: 'diagnoses', label: { en: 'Diagnoses', es: 'Diagnósticos' } },
];
