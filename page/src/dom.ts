/** Panels out of sight have a guessed height: those on the way get their own as they come into sight, and move it. */
function keepInPlace(place: HTMLElement, frames: number): void {
  requestAnimationFrame(() => {
    place.scrollIntoView();
    if (frames > 0) keepInPlace(place, frames - 1);
  });
}

/** Go to a place without touching the address, which holds what is chosen. */
export function goToPanel(id: string): void {
  const place = document.getElementById(id);
  if (!place) return;
  place.scrollIntoView();
  place.focus({ preventScroll: true });
  keepInPlace(place, 4);
}
