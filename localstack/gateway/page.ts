// The web page's files, read into memory when the gateway starts: they are few, small and change only with a build.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';

export interface PageFile {
  readonly headers: readonly string[];
  readonly body: Buffer;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
  '.txt': 'text/plain; charset=utf-8',
};

const POLICY =
  "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

/** Files by path; the index is `/`. Empty when there is no build of the page. */
export function readPage(directory: string): ReadonlyMap<string, PageFile> {
  const files = new Map<string, PageFile>();
  if (!existsSync(directory)) return files;
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const path = `/${file.slice(directory.length + 1).replaceAll('\\', '/')}`;
    files.set(path === '/index.html' ? '/' : path, pageFile(path, readFileSync(file)));
  }
  return files;
}

function pageFile(path: string, body: Buffer): PageFile {
  // Vite puts a hash of the content into the names under assets/.
  const cache = path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
  const headers = [
    ...['Content-Type', TYPES[extname(path)] ?? 'application/octet-stream'],
    ...['Content-Length', String(body.length)],
    ...['Cache-Control', cache],
    ...['X-Content-Type-Options', 'nosniff'],
    ...['Referrer-Policy', 'no-referrer'],
  ];
  if (path.endsWith('.html')) headers.push('Content-Security-Policy', POLICY);
  return { headers, body };
}
