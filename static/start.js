// Starts the page. A file and not an inline script, so that the page's Content-Security-Policy can forbid those.
// Trunk writes the hashed addresses of the wasm module and its glue into this script's own element.
const { glue, wasm } = document.getElementById("start").dataset;

try {
  const module = await import(new URL(glue, document.baseURI).href);
  await module.default({ module_or_path: new URL(wasm, document.baseURI) });
} catch (reason) {
  const notice = document.createElement("p");
  notice.setAttribute("role", "alert");
  notice.textContent = `Fencepost could not start: ${reason}. It needs a browser with WebAssembly.`;
  document.body.prepend(notice);
  throw reason;
}
