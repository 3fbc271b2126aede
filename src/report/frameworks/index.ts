import { gdpr } from './gdpr.ts'
import { grundschutz } from './grundschutz.ts'
import { hipaa } from './hipaa.ts'
import { iso27001 } from './iso27001.ts'
import { nis2 } from './nis2.ts'
import { nistCsf } from './nist-csf.ts'
import { pci } from './pci.ts'
import { soc2 } from './soc2.ts'
import type { Framework } from './framework.ts'
import type { FrameworkId } from '../../model/framework-ids.ts'

/** Numbers are those of the standards; the words are ours. */
export const frameworks: Readonly<Record<FrameworkId, Framework>> = {
  gdpr,
  iso27001,
  pci,
  hipaa,
  nis2,
  soc2,
  'nist-csf': nistCsf,
  grundschutz,
}
