// Says how far the page's start is, and why it does not come about. A classic script in the plainest JavaScript, because
// it has to run where the page cannot: in old browsers, from a file, in a sandbox, where modules are refused.
//
// It stands before everything it watches, so that no failure escapes it. static/engine.js, which does the starting,
// reports to it through `fencepostStart`; neither needs the other to run.
(function () {
  "use strict";

  /** A broken start is told within a second; this leaves the rest of it to the browser. */
  var LOOK_MS = 600;
  /** Nothing came for so long: the reader is told what the page waits for. */
  var QUIET_MS = 1000;
  /** And after so long is offered to try again. */
  var PATIENCE_MS = 8000;

  var OLDEST = "The oldest that have it all are Chrome and Edge 123, Firefox 121 and Safari 17.5.";
  var AGAIN = " Try again; nothing is lost.";
  var PICTURE = "07-a-lock-gone-wrong.svg";
  var ABOUT_PICTURE = "Client A falls asleep holding the lock and writes after its lease has ended: the file is corrupted.";

  var place = document.getElementById("fencepost");
  var shell = place.querySelector("main");
  var line = document.getElementById("loading");
  var over = false;
  var moved = Date.now();
  var refusals = [];
  var bar = null;

  function element(name, text) {
    var made = document.createElement(name);
    if (text) made.textContent = text;
    return made;
  }

  /** A file's name as it stands in the folder, from its address. */
  function nameOf(address) {
    return address.split(/[?#]/)[0].split("/").pop() || "index.html";
  }

  // What the browser lacks

  /** The smallest module with a table of references, which wasm-bindgen's glue keeps the page's objects in. */
  var REFERENCES = [0, 97, 115, 109, 1, 0, 0, 0, 4, 4, 1, 111, 0, 0];

  function css(condition) {
    return typeof CSS === "object" && CSS.supports && CSS.supports(condition);
  }

  /** The first thing in this list that the browser lacks. README.md says why each is needed. */
  function lacking() {
    var dialog = typeof HTMLDialogElement === "function" && HTMLDialogElement.prototype.showModal;
    if (!("noModule" in document.createElement("script"))) return "JavaScript modules";
    if (typeof WebAssembly !== "object") return "WebAssembly";
    if (!WebAssembly.validate(new Uint8Array(REFERENCES))) return "WebAssembly with reference types";
    if (typeof WebAssembly.compileStreaming !== "function") return "WebAssembly that compiles while it loads";
    if (typeof ReadableStream !== "function") return "streams";
    if (typeof ResizeObserver !== "function") return "ResizeObserver";
    if (!dialog) return "the dialog element";
    if (!css("selector(:has(a))")) return "the CSS selector :has()";
    if (!css("color: color-mix(in srgb, red, blue)")) return "the CSS function color-mix()";
    if (!css("height: 1dvh")) return "the CSS unit dvh";
    if (!css("color: light-dark(red, blue)")) return "the CSS function light-dark()";
    return null;
  }

  // Telling it

  /** The text of a link that a person can read: `s1=t.`, its lines joined by "/", and "/end". */
  function textInAddress() {
    var found = /(?:^#|&)s1=t\.(.*)\/end$/.exec(location.hash);
    if (!found) return null;
    try {
      return decodeURIComponent(found[1].replace(/\+/g, " ").split("/").join("\n"));
    } catch (damaged) {
      return null;
    }
  }

  /** What can be said of the reader's own text. */
  function kept() {
    var text = textInAddress();
    if (location.hash.length < 2) return [];
    if (text === null) return [element("p", "The scenario of this link is in the address and is not lost.")];
    var written = element("pre", text);
    written.tabIndex = 0;
    return [element("p", "The scenario of this link is in the address and is not lost. This is its text:"), written];
  }

  function picture() {
    var image = element("img");
    image.src = PICTURE;
    image.alt = ABOUT_PICTURE;
    return [element("p", "This is what the page begins with, as a picture: a lock gone wrong."), image];
  }

  function againButton() {
    var button = element("button", "Try again");
    button.type = "button";
    button.onclick = again;
    return button;
  }

  /** A copy kept for visits without a network may be what is broken: a newer one that waits then takes its place. */
  function again() {
    var reload = function () { location.reload(); };
    try {
      navigator.serviceWorker.getRegistration().then(function (kept) {
        if (!kept || !kept.waiting) return reload();
        navigator.serviceWorker.oncontrollerchange = reload;
        setTimeout(reload, QUIET_MS);
        kept.waiting.postMessage("take over");
      }).then(null, reload);
    } catch (refused) {
      reload();
    }
  }

  /** Shows why the page cannot run, once: the first reason is the one that matters. */
  function stop(why, mayTryAgain) {
    if (over) return;
    over = true;
    api.stopped = true;
    var said = element("p", "Fencepost could not start. " + why);
    said.setAttribute("role", "alert");
    var parts = [element("h1", "Fencepost"), said].concat(mayTryAgain ? [againButton()] : [], kept(), picture());
    var page = element("main");
    page.className = "shell";
    for (var at = 0; at < parts.length; at += 1) page.appendChild(parts[at]);
    while (place.firstChild) place.removeChild(place.firstChild);
    place.appendChild(page);
  }

  // Finding out why

  /** What a file's kind must be labelled as, and what the label is called. */
  var LABELS = {
    js: [/^(text|application)\/(x-)?(java|ecma)script/i, "text/javascript"],
    css: [/^text\/css/i, "text/css"],
  };

  /** A policy's refusal of a file, or of WebAssembly itself. */
  function refusal(what) {
    for (var at = 0; at < refusals.length; at += 1) {
      if (refusals[at].blockedURI === what || refusals[at].blockedURI.indexOf(what + "?") === 0) return refusals[at];
    }
    return null;
  }

  function refusedByPolicy(what, broken) {
    var directive = broken.effectiveDirective || broken.violatedDirective;
    return "The host's Content-Security-Policy refuses " + what + " (" + directive + "). Whoever runs the host has to allow it; the README says which policy the page needs.";
  }

  /** A sandboxed frame is nobody's origin, so that the page's own modules are a stranger's. */
  function sandboxed() {
    return self.origin === "null" && location.protocol !== "file:";
  }

  var SANDBOX = "It stands in a sandboxed frame, where the browser takes the page's own files for a stranger's and refuses them. Whoever made the frame can add allow-same-origin to its sandbox, or the host can send Access-Control-Allow-Origin: * with its files.";
  var OPENED_AS_FILE = "The page was opened as a file, and browsers refuse a page's modules there. Run `make serve`, or put the folder on any web host, and open that address.";

  function cutOff(name) {
    return "The file " + name + " did not arrive: the network was cut, or something in between blocks it." + AGAIN;
  }

  /** Looks at the file once more, for a browser does not say why it refused one. */
  function whyRefused(address, kind, tell) {
    var name = nameOf(address);
    var told = false;
    function once(why) {
      if (!told) tell(why);
      told = true;
    }
    setTimeout(function () { once(cutOff(name)); }, LOOK_MS);
    fetch(address, { cache: "no-store" }).then(function (answer) {
      var label = (answer.headers.get("content-type") || "").split(";")[0];
      if (!answer.ok) once(missing(name, answer.status));
      else if (LABELS[kind] && !LABELS[kind][0].test(label)) once(mislabelled(name, label, LABELS[kind][1]));
      else once("The file " + name + " did not arrive whole, or the browser or one of its extensions refuses it." + AGAIN);
    }, function () { once(cutOff(name)); });
  }

  function missing(name, status) {
    return "The host answers " + status + " for the file " + name + ": it is missing there, or the page has just been renewed." + AGAIN + " If that does not help, whoever runs the host has to upload the whole folder.";
  }

  function mislabelled(name, label, right) {
    return "The host sends the file " + name + " as " + (label || "nothing in particular") + ", and browsers refuse it unless it is labelled " + right + ". Whoever runs the host has to set that type.";
  }

  /** A file was refused or did not come. `kind` is its ending. */
  function failed(address, kind) {
    if (api.stopped) return;
    if (location.protocol === "file:") return stop(OPENED_AS_FILE);
    api.stopped = true;
    // A policy's refusal is reported a moment after the failure that it causes.
    setTimeout(function () {
      var broken = refusal(address);
      if (broken) stop(refusedByPolicy("the file " + nameOf(address), broken));
      else if (sandboxed() && kind !== "css") stop(SANDBOX);
      else whyRefused(address, kind, function (why) { stop(why, true); });
    }, 50);
  }

  /** The engine came and did not run. */
  function broke(reason) {
    if (api.stopped) return;
    api.stopped = true;
    setTimeout(function () {
      var broken = refusal("wasm-eval");
      if (broken) return stop(refusedByPolicy("WebAssembly", broken));
      if (/content.security.policy|unsafe-eval/i.test(reason)) return stop(refusedByPolicy("WebAssembly", { effectiveDirective: "script-src" }));
      stop("Its engine came and did not run (" + reason + ")." + AGAIN, true);
    }, 50);
  }

  // Watching

  var api = {
    /** Whether the start has failed, even if the reason is still being looked for. */
    stopped: false,
    failed: failed,
    broke: broke,
    missing: function (address, status) { stop(missing(nameOf(address), status), true); },
    /** So much of the engine is here. */
    progress: function (bytes, of) {
      moved = Date.now();
      if (over) return;
      if (!bar) beginBar();
      line.textContent = "Loading the engine… " + (of ? kilobytes(Math.min(bytes, of)) + " of " + kilobytes(of) : kilobytes(bytes)) + " KB";
      if (of) bar.value = Math.min(bytes / of, 1);
    },
    /** The page runs; from here on it speaks for itself. */
    started: function () { over = true; },
  };

  function beginBar() {
    bar = element("progress");
    bar.setAttribute("aria-labelledby", "loading");
    shell.insertBefore(bar, line.nextSibling);
  }

  function kilobytes(bytes) {
    return String(Math.round(bytes / 1024)).replace(/\B(?=(\d{3})+$)/g, ",");
  }

  /** Tells how long nothing has come, while the page still waits for it. */
  function beginWaiting() {
    var waiting = element("p");
    var button = null;
    waiting.setAttribute("role", "status");
    shell.appendChild(waiting);
    var timer = setInterval(function () {
      var quiet = Date.now() - moved;
      if (over || api.stopped) return clearInterval(timer);
      waiting.textContent = quiet < QUIET_MS ? "" : "Still loading: the network is slow. The page starts as soon as its files are here.";
      if (quiet >= PATIENCE_MS && !button) shell.appendChild((button = againButton()));
    }, QUIET_MS / 4);
  }

  function begin() {
    var silent = document.getElementById("silent");
    silent.parentNode.removeChild(silent);
    var lacks = lacking();
    if (location.protocol === "file:") return stop(OPENED_AS_FILE);
    if (lacks) return stop("This browser is too old for it: it lacks " + lacks + ". " + OLDEST);
    beginWaiting();
  }

  document.addEventListener("securitypolicyviolation", function (event) { refusals.push(event); });
  // Files that do not come tell nobody but themselves, so this listens on the way down.
  addEventListener("error", function (event) {
    var source = event.target;
    if (source.localName === "script") failed(source.src, "js");
    else if (source.localName === "link" && source.rel === "stylesheet") failed(source.href, "css");
  }, true);

  self.fencepostStart = api;
  begin();
})();
