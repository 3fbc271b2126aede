import type { ReactNode } from 'react'

interface CardProps {
  question: string
  answer: string
  /** Whether somebody should look at it. */
  isBad: boolean
  children?: ReactNode
}

/** A question, its answer in words, and the way to what is behind it. */
export function Card({ question, answer, isBad, children }: CardProps) {
  return (
    <section className={isBad ? 'card bad' : 'card'}>
      <h2>{question}</h2>
      <p className="answer">
        <span aria-hidden="true">{isBad ? '▲' : '✓'}</span> {answer}
      </p>
      {children}
    </section>
  )
}
