// Serves a folder of files on this machine only: for `make serve`, the browser tests and the benchmark.
// Not a general server: GET and HEAD, no directory listings, nothing outside the folder.

import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";

// Browsers compile wasm while it arrives only when it is labelled as such, and refuse mislabelled modules.
const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".fencepost": "text/plain; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".mjs": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** What a request names inside the folder, "" for what lies outside of `base`. */
function pathOf(url, base) {
  const path = decodeURIComponent(new URL(url, "http://localhost").pathname);
  if (!path.startsWith(base)) return "";
  return normalize(path.endsWith("/") ? `${path.slice(base.length)}index.html` : path.slice(base.length));
}

/** The file a path names, or null when it points outside the folder. */
function fileFor(folder, path) {
  const file = join(folder, path);
  return path && file.startsWith(folder + sep) ? file : null;
}

/** Trunk's names carry a hash of the content. */
const HASHED = /-[0-9a-f]{15,16}(_bg)?\.[a-z]+$/;

/** A development server should never serve yesterday's page; a published one lets browsers keep what is hashed. */
function cacheControl(file, published) {
  return published && HASHED.test(file) ? "public, max-age=31536000, immutable" : "no-cache";
}

/** Sends a file in pieces, pausing after each, and cuts the line after so many bytes where that is asked for. */
async function trickle(file, response, { pause, cutAfter = Infinity }) {
  let sent = 0;
  for await (const piece of createReadStream(file)) {
    if (response.destroyed) return;
    response.write(piece.subarray(0, cutAfter - sent));
    sent += piece.length;
    await pause?.(sent);
    if (sent >= cutAfter) return response.destroy();
  }
  response.end();
}

async function answer(root, options, request, response) {
  const path = pathOf(request.url, options.base);
  const trouble = options.trouble?.(path, request) ?? {};
  if (trouble.delay) await new Promise((done) => setTimeout(done, trouble.delay));
  if (trouble.cutAfter === 0) return request.socket.destroy();
  const file = fileFor(resolve(root()), trouble.file ?? path);
  try {
    const size = file && (await stat(file)).size;
    const type = trouble.type ?? TYPES[extname(file ?? "")] ?? "application/octet-stream";
    const cache = cacheControl(file ?? "", options.published);
    response.writeHead(trouble.status ?? (file ? 200 : 403), {
      "content-type": type, "content-length": size ?? 0, "cache-control": cache, ...options.headers,
    });
    if (!file || request.method === "HEAD") response.end();
    else if (trouble.pause || trouble.cutAfter) await trickle(file, response, trouble);
    else createReadStream(file).pipe(response);
  } catch {
    response.writeHead(404, { "content-type": "text/plain" }).end("There is no such file here.\n");
  }
}

/**
 * Serves `folder`, or what `folder()` says at each request; port 0 takes any free one. With `published`, browsers may keep
 * hashed files, as they may on a real host. For tests of bad hosts: `base`, the path it stands under; `headers` of every
 * answer; and `trouble(path, request)`, which may answer with a `delay` in ms, another `type`, `status` or `file`, a `pause(sent)`
 * to await after each piece, or `cutAfter` so many bytes, 0 being no answer at all.
 * Resolves to the address and a function that stops it.
 */
export function serve(folder, { port = 0, published = false, base = "/", headers = {}, trouble } = {}) {
  const root = typeof folder === "function" ? folder : () => folder;
  const options = { published, base, headers, trouble };
  const server = createServer((request, response) => answer(root, options, request, response));
  return new Promise((done, fail) => {
    server.once("error", fail);
    server.listen(port, "127.0.0.1", () => {
      const address = `http://127.0.0.1:${server.address().port}`;
      done({ address, stop: () => (server.closeAllConnections(), server.close()) });
    });
  });
}

async function main(folder, port) {
  try {
    const { address } = await serve(folder, { port });
    console.log(`\nFencepost is at ${address}  (Ctrl-C stops it)`);
  } catch (error) {
    const busy = error.code === "EADDRINUSE";
    console.error(`FAILED: serving on port ${port}.\nWhy: ${busy ? "another program uses it" : error.message}`);
    console.error(`What to do: stop that program, or choose another port: PORT=${port + 1} make serve`);
    process.exitCode = 1;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(process.argv[2] ?? "dist", Number(process.argv[3] ?? 8080));
}
