import { limitInWords, type Limit } from '#calendar';
import { channels, type Channel, type Language, type Localized } from '#contracts';
import type { Component, Fee, ProcedureKind, ProcedureVersion } from '#domain';

/** A procedure as whoever takes a dossier in must know it. */
export interface ProcedureView {
  readonly code: string;
  readonly version: number;
  readonly kind: ProcedureKind;
  readonly names: Localized;
  /** Code of its field; null where the procedure does not say. */
  readonly field: string | null;
  /** The papers of a dossier. */
  readonly components: readonly Component[];
  readonly checklist: readonly Localized[];
  /** Null where nothing is charged. */
  readonly fee: Fee | null;
  /** How a dossier may come in. */
  readonly channels: readonly Channel[];
  /** What it may take by law, in words; null where no law says. */
  readonly legalLimit: string | null;
  /** What the receipt promises, in words; null where it promises the legal limit. */
  readonly appointmentLimit: string | null;
  /** Its steps in their order, each with its limit in words. */
  readonly steps: readonly { readonly code: string; readonly limit: string | null }[];
  /** Made up or unchecked: nobody may rely on it. */
  readonly sample: boolean;
}

/** One procedure in the words of a language. One in the older form is called the same in each, and offers every channel. */
export function procedureViewOf(procedure: ProcedureVersion, language: Language): ProcedureView {
  const { code, version, name, description, serviceLevel } = procedure;
  const { legalLimit, appointmentLimit, steps, counting } = serviceLevel;
  const inWords = (limit: Limit | null) => limit && limitInWords(limit, counting, language);
  return {
    code,
    version,
    kind: description?.kind ?? 'service',
    names: description?.names ?? { vi: name, en: name, de: name },
    field: description?.field ?? null,
    components: description?.components ?? [],
    checklist: description?.checklist ?? [],
    fee: description?.fee ?? null,
    channels: description?.channels ?? channels,
    legalLimit: inWords(legalLimit),
    appointmentLimit: inWords(appointmentLimit),
    steps: steps.map((step) => ({ code: step.code, limit: inWords(step.limit) })),
    sample: description?.sample ?? false,
  };
}
