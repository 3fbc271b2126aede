import { fullNumber } from '../text.ts'

interface Listed {
  data:
    | { pages: readonly { items: readonly unknown[]; total?: { count: number; exact: boolean } }[] }
    | undefined
}

/** How many of a listing are shown, and how many there are in all as the filters ask. */
export function Total({ listing: { data }, name }: { listing: Listed; name: string }) {
  if (data === undefined) return null
  const shown = data.pages.reduce((sum, { items }) => sum + items.length, 0)
  const total = data.pages[0]?.total
  if (total === undefined) return null
  const all = total.exact ? fullNumber(total.count) : `at least ${fullNumber(total.count)}`
  return (
    <p role="status">
      {fullNumber(shown)} of {all} {name}
    </p>
  )
}
