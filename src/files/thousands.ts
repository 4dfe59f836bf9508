/** `147489` → `147,489`. By hand: to ask the system's tables of languages costs a tenth of the time of a start. */
export function thousands(count: number): string {
  return String(Math.round(count)).replaceAll(/\B(?=(?:\d{3})+$)/g, ',');
}
