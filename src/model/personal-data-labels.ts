/** What a workload that is labelled as one of personal data can be held to. */
export const labelRequirements = [
  /** A label names who answers for it. */
  'owner',
  /** A label names what the data is processed for (GDPR Article 5(1)(b)). */
  'purpose',
  /** Its traffic is seen and its content looked at. */
  'inspection',
  /** What it sends to others outside is encrypted, and the policy says that it has to be (GDPR Article 32(1)(a)). */
  'encryption',
] as const
export type LabelRequirement = (typeof labelRequirements)[number]

/** What a labelled container can be asked to name before it may start. */
export const admissionRequirements = ['owner', 'purpose'] as const satisfies readonly LabelRequirement[]
export type AdmissionRequirement = (typeof admissionRequirements)[number]

/** By which labels of containers and images workloads say that they process personal data. */
export interface PersonalDataLabels {
  /** `gdpr=true`, `data-class=personal*`; a name without a value: whatever it is. */
  marks: readonly string[]
  /** Names of labels, of which the first that is there counts. */
  owner: readonly string[]
  purpose: readonly string[]
  requires: readonly LabelRequirement[]
  /** Detectors of personal data that `inspection` takes: those of a policy may not switch them off. Absent: all that there are. */
  detectors?: readonly string[]
  /** Without these a labelled container is not started, where its engine asks before (`pavise oci-runtime`); none where nobody asked for it. */
  admission: readonly AdmissionRequirement[]
}

/** Where nobody has written others. */
export const defaultPersonalDataLabels: PersonalDataLabels = {
  marks: ['gdpr=true'],
  owner: ['owner', 'team'],
  purpose: ['purpose'],
  requires: labelRequirements,
  admission: [],
}
