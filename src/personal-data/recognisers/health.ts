import type { Recogniser } from '../recogniser.ts'
import { diagnosis } from './health/diagnosis.ts'

/** Data concerning health, GDPR Art. 4(15). */
export const healthRecognisers: readonly Recogniser[] = [diagnosis]
