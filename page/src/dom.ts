/** Go to a place without touching the address, which holds what is chosen. */
export function goToPanel(id: string): void {
  const place = document.getElementById(id);
  place?.scrollIntoView();
  place?.focus({ preventScroll: true });
}
