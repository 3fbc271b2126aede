import { useCallback } from 'react'
import { useLocation, useSearch } from 'wouter'

/** What a screen shows is in its address: back, forward and a copied link give the same view. */
export type UrlState = Readonly<Record<string, string>>

/** @returns what the address says, and a way to change it; an empty value is left out */
export function useUrlState(): [UrlState, (change: Record<string, string>) => void] {
  const search = useSearch()
  const [path, navigate] = useLocation()
  const state = Object.fromEntries(new URLSearchParams(search))
  const change = useCallback(
    (changed: Record<string, string>) =>
      navigate(path + queryText({ ...Object.fromEntries(new URLSearchParams(search)), ...changed })),
    [search, path, navigate],
  )
  return [state, change]
}

/** `?a=b`, or nothing where all are empty. */
export function queryText(state: UrlState): string {
  const given = Object.entries(state).filter(([, value]) => value !== '')
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`
}
