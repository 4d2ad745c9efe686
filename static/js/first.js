// Runs before the page is painted, so that nothing moves or changes colour afterwards: says that there is a script,
// and takes the colours the reader chose.
document.documentElement.dataset.script = "";
try {
  const scheme = localStorage.getItem("scheme");
  if (scheme === "light" || scheme === "dark") document.documentElement.dataset.scheme = scheme;
} catch {
  // storage is forbidden: the colours follow the system
}
