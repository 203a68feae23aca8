// Reading a request's body within API Gateway's limits.
import type { IncomingMessage } from 'node:http';

/** API Gateway takes 10 MB; Lambda takes an event of 6 MB, of which the body is the most. */
const MAX_PAYLOAD = 10 * 1024 * 1024;
const MAX_EVENT_BODY = 6 * 1024 * 1024 - 16 * 1024;

export interface Body {
  readonly text: string | null;
  readonly isBase64: boolean;
}

/**
 * Hands over the body once it is whole; `null` when it is too long.
 * @param isBinary whether the content type is one of the API's binary media types; then the text is base64
 */
export function readBody(
  request: IncomingMessage,
  isBinary: (contentType: string | undefined) => boolean,
  done: (body: Body | null) => void,
): void {
  const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
  if (encoding === undefined && (length === undefined || length === '0')) {
    done({ text: null, isBase64: false });
    return;
  }
  if (length !== undefined && Number(length) > MAX_PAYLOAD) {
    done(null);
    return;
  }
  let first: Buffer | null = null;
  const more: Buffer[] = [];
  let size = 0;
  request.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > MAX_PAYLOAD) {
      request.removeAllListeners('data').removeAllListeners('end').resume();
      done(null);
    } else if (first === null) first = chunk;
    else more.push(chunk);
  });
  request.on('end', () => {
    if (size > MAX_EVENT_BODY) {
      done(null);
      return;
    }
    const bytes = first === null ? Buffer.alloc(0) : more.length === 0 ? first : Buffer.concat([first, ...more]);
    const isBase64 = isBinary(request.headers['content-type']);
    done({ text: bytes.length === 0 ? null : bytes.toString(isBase64 ? 'base64' : 'utf8'), isBase64 });
  });
}
