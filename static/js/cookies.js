// Whether this browser keeps cookies for this site. Some say that they do (navigator.cookieEnabled) and keep none, so one is
// written, looked for and taken away again: only where something is just to be kept anyway.

const PROBE = "offload_probe=1; path=/; samesite=lax";

export function keepsCookies() {
  if (!navigator.cookieEnabled) return false;
  document.cookie = PROBE;
  const isThere = document.cookie.includes("offload_probe=1");
  document.cookie = `${PROBE}; max-age=0`;
  return isThere;
}
