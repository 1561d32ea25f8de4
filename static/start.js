// Starts the page. A file and not an inline script, so that the page's Content-Security-Policy can forbid those.
// Trunk writes the hashed addresses of the wasm module and its glue into this script's own element.
const { glue, wasm } = document.getElementById("start").dataset;

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** What a reader sees where the page cannot run: why, what to do, that nothing is lost, and a picture. */
function stopped(reason) {
  const said = `Fencepost could not start (${reason}). Reload the page; if that does not help, try a newer browser, for it needs WebAssembly.`;
  const notice = element("p", { role: "alert", textContent: said });
  const parts = [element("h1", { textContent: "Fencepost" }), notice];
  if (location.hash.length > 1) {
    parts.push(element("p", { textContent: "The scenario of this link is in the address and is not lost." }));
  }
  parts.push(element("p", { textContent: "This is what the page begins with, as a picture: a lock gone wrong." }));
  const alt = "Client A falls asleep holding the lock and writes after its lease has ended: the file is corrupted.";
  parts.push(element("img", { src: "07-a-lock-gone-wrong.svg", alt }));
  return element("main", { className: "stopped" }, ...parts);
}

try {
  const module = await import(new URL(glue, document.baseURI).href);
  await module.default({ module_or_path: new URL(wasm, document.baseURI) });
} catch (reason) {
  document.getElementById("fencepost").replaceChildren(stopped(reason));
  throw reason;
}
