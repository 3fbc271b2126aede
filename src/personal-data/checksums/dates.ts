const daysOfMonth = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** Whether there is such a day in some year. `month` from 1. */
export function isDayOfMonth(day: number, month: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= daysOfMonth[month - 1]
}

/** Whether there is such a day in the Gregorian calendar. */
export function isDate(year: number, month: number, day: number): boolean {
  if (!isDayOfMonth(day, month)) return false
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return month !== 2 || day < 29 || isLeap
}
