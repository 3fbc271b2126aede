import type { PlanStore, SetPlan } from '../../src/scan/compile/set-plan.ts'

const plans = new Map<string, SetPlan>()

/** Keeps plans for as long as the process runs: several tests compile the same set of hundreds of patterns. */
export const sharedPlans: PlanStore = {
  get: (key) => plans.get(key),
  put: (key, plan) => void plans.set(key, plan),
}
