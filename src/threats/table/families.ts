/** What the threats of a family have in common. */
export const denial = { stage: 'actions-on-objectives', by: 'target', confidence: 0.9 } as const
export const recon = { stage: 'reconnaissance', by: 'pair', confidence: 0.8 } as const
export const exploit = { stage: 'exploitation', by: 'pair', confidence: 0.8 } as const
export const weak = { severity: 'medium', technique: 'T1557', stage: 'delivery', by: 'service' } as const
export const once = (unit: string) => ({ unit, threshold: 1 })
