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

/** The file a request names, or null when it points outside the folder. */
function fileFor(folder, url) {
  const path = decodeURIComponent(new URL(url, "http://localhost").pathname);
  const file = join(folder, normalize(path.endsWith("/") ? `${path}index.html` : path));
  return file.startsWith(folder + sep) ? file : null;
}

/** Trunk's names carry a hash of the content. */
const HASHED = /-[0-9a-f]{16}(_bg)?\.[a-z]+$/;

/** A development server should never serve yesterday's page; a published one lets browsers keep what is hashed. */
function cacheControl(file, published) {
  return published && HASHED.test(file) ? "public, max-age=31536000, immutable" : "no-cache";
}

async function answer(folder, published, request, response) {
  try {
    const file = fileFor(folder, request.url);
    const size = file && (await stat(file)).size;
    response.writeHead(file ? 200 : 403, {
      "content-type": TYPES[extname(file ?? "")] ?? "application/octet-stream",
      "content-length": size ?? 0,
      "cache-control": cacheControl(file ?? "", published),
    });
    if (!file || request.method === "HEAD") response.end();
    else createReadStream(file).pipe(response);
  } catch {
    response.writeHead(404, { "content-type": "text/plain" }).end("There is no such file here.\n");
  }
}

/**
 * Serves `folder`; port 0 takes any free one. With `published`, browsers may keep hashed files, as they may on a real host.
 * Resolves to the address and a function that stops it.
 */
export function serve(folder, { port = 0, published = false } = {}) {
  const root = resolve(folder);
  const server = createServer((request, response) => answer(root, published, request, response));
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
