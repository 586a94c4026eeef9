/** One way to the server: JSON in and out, problems as exceptions, the session's token on every write. */

import { isBackground } from "./presence.ts";

export type FieldProblem = { code: string; title: string; field: string };

export class Problem extends Error {
  status: number;
  code: string;
  field?: string;
  errors: FieldProblem[];
  body: Record<string, unknown>;

  constructor(status: number, body: Record<string, unknown>) {
    super(typeof body.title === "string" ? body.title : `HTTP ${status}`);
    this.status = status;
    this.code = typeof body.code === "string" ? body.code : "internal";
    this.field = typeof body.field === "string" ? body.field : undefined;
    this.errors = Array.isArray(body.errors) ? (body.errors as FieldProblem[]) : [];
    this.body = body;
  }
}

/** The network did not answer: what was typed is kept and sent again. */
export class Offline extends Error {}

let csrfToken = "";
let language = "vi";
let onSignedOut: () => void = () => {};
let confirmPassword: () => Promise<boolean> = () => Promise.resolve(false);
let answeredAt = Date.now();

export function setCsrfToken(token: string) {
  csrfToken = token;
}
export function setApiLanguage(value: string) {
  language = value;
}
export function setSignedOutHandler(handler: () => void) {
  onSignedOut = handler;
}
/** What matters most asks for the password again: answers true when the call may be tried once more. */
export function setSudoHandler(handler: () => Promise<boolean>) {
  confirmPassword = handler;
}
/** When a person last asked what the server answered: the session is counted as used from then, not from the answer. */
export function lastAnswerAt(): number {
  return answeredAt;
}

export type Query = Record<string, string | number | boolean | undefined | null>;

export function address(path: string, query?: Query): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null && value !== "") search.set(name, String(value));
  }
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}

type Options = { query?: Query; body?: unknown; ifMatch?: number; idempotencyKey?: string; signal?: AbortSignal };

async function send(method: string, path: string, options: Options = {}): Promise<Response> {
  const headers: Record<string, string> = { Accept: "application/json", "Accept-Language": language };
  if (method !== "GET") headers["X-CSRF-Token"] = csrfToken;
  if (options.body !== undefined) headers["Content-Type"] = "application/json";
  if (options.ifMatch !== undefined) headers["If-Match"] = `"${options.ifMatch}"`;
  if (options.idempotencyKey) headers["Idempotency-Key"] = options.idempotencyKey;
  const background = isBackground();
  const sentAt = Date.now();
  if (background) headers["X-Background"] = "1";
  let response: Response;
  try {
    response = await fetch(address(path, options.query), {
      method,
      headers,
      credentials: "same-origin",
      signal: options.signal,
      body: options.body === undefined ? undefined : JSON.stringify(options.body),
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Offline();
  }
  if (!background) answeredAt = Math.max(answeredAt, sentAt);
  if (response.ok) return response;
  const problem = new Problem(response.status, await response.json().catch(() => ({})));
  if (problem.code === "sudo_required" && (await confirmPassword())) return send(method, path, options);
  if (response.status === 401 && problem.code === "not_signed_in") onSignedOut();
  throw problem;
}

async function json<T>(response: Response): Promise<T> {
  return (response.status === 204 ? undefined : await response.json()) as T;
}

export const api = {
  get: async <T>(path: string, query?: Query, signal?: AbortSignal) => json<T>(await send("GET", path, { query, signal })),
  post: async <T>(path: string, body?: unknown, options?: Options) =>
    json<T>(await send("POST", path, { body: body ?? {}, ...options })),
  put: async <T>(path: string, body: unknown, options?: Options) => json<T>(await send("PUT", path, { body, ...options })),
  patch: async <T>(path: string, body: unknown, options?: Options) =>
    json<T>(await send("PATCH", path, { body, ...options })),
  delete: async <T>(path: string, body?: unknown, options?: Options) =>
    json<T>(await send("DELETE", path, { body, ...options })),
};

/** A file as the request body, with progress from 0 to 1. */
export function upload<T>(path: string, file: File, onProgress: (share: number) => void, signal?: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", path);
    request.setRequestHeader("X-CSRF-Token", csrfToken);
    request.setRequestHeader("X-File-Name", encodeURIComponent(file.name));
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.setRequestHeader("Accept-Language", language);
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
    request.onerror = () => reject(new Offline());
    request.onabort = () => reject(new DOMException("", "AbortError"));
    request.onload = () => {
      let body: Record<string, unknown> = {};
      try {
        body = JSON.parse(request.responseText);
      } catch {
        /* an answer without JSON still has its status */
      }
      if (request.status >= 200 && request.status < 300) resolve(body as T);
      else reject(new Problem(request.status, body));
    };
    signal?.addEventListener("abort", () => request.abort());
    request.send(file);
  });
}
