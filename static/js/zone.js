// Tells the site in which time zone the reader's days begin, once a page, and only when it knows another one. Of a reader of
// whom nothing is kept no element says a zone, so nothing is told. It comes with what says one.
const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
let isTold = false;

function tell() {
  const place = document.querySelector("[data-zone]");
  if (isTold || !timeZone || !place || place.dataset.zone === timeZone) return;
  isTold = true;
  const body = new URLSearchParams({ time_zone: timeZone });
  fetch(place.dataset.zoneAt, { method: "POST", body }).catch(() => {}); // told again with the next page
}

tell();
document.addEventListener("htmx:afterSettle", tell);
