/** Which tenant was looked at last in this browser. */

const KEY = "tenanta.lastTenant";

export function lastTenant(): number | undefined {
  const kept = Number(localStorage.getItem(KEY));
  return Number.isInteger(kept) && kept > 0 ? kept : undefined;
}

export function rememberTenant(number: number): void {
  localStorage.setItem(KEY, String(number));
}
