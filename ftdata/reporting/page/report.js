"use strict";
(() => {
  const root = document.documentElement, kept = "ftdata-theme";
  // Files that are opened from a disk may have no storage.
  const read = () => { try { return localStorage.getItem(kept); } catch { return null; } };
  const keep = (theme) => { try { localStorage.setItem(kept, theme); } catch { /* for this time only */ } };
  const known = read();
  if (known === "light" || known === "dark") root.dataset.theme = known;
  document.addEventListener("DOMContentLoaded", () => {
    document.getElementById("theme").addEventListener("click", () => {
      const now = root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
      root.dataset.theme = now === "dark" ? "light" : "dark";
      keep(root.dataset.theme);
    });
  });
})();
