// A person's browser or a program of an office, as far as the API sees them: cookies, the CSRF token, replies checked.
import assert from "node:assert/strict";

export class Client {
  constructor(server, { language = "en", bearer = null, check = true } = {}) {
    Object.assign(this, { server, language, bearer, check });
    this.cookies = new Map();
    this.csrf = null;
  }

  /*
   * One request. `body` is sent as JSON, `raw` as it is. Options:
   *   status   what the reply must be; otherwise it must be 2xx
   *   code     the `code` of the error that the reply must be
   *   any      true: the reply may be anything the document knows
   *   headers  further request headers; null leaves one out ("X-CSRF-Token": null)
   *   match    the version for If-Match
   * Answers { status, headers, body (JSON), bytes }. Every reply is held against the server's own API document.
   */
  async request(method, path, { body, raw, status, code, any = false, headers = {}, match } = {}) {
    const sent = { "Accept-Language": this.language, "Cache-Control": "no-cache" };
    if (this.cookies.size) sent.Cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    if (this.bearer) sent.Authorization = `Bearer ${this.bearer}`;
    if (this.csrf && !this.bearer && method !== "GET" && method !== "HEAD") sent["X-CSRF-Token"] = this.csrf;
    if (body !== undefined) sent["Content-Type"] = "application/json";
    if (match !== undefined) sent["If-Match"] = `"${match}"`;
    for (const [name, value] of Object.entries(headers)) {
      if (value === null) delete sent[name];
      else sent[name] = value;
    }
    const reply = await fetch(this.server.url + path, {
      method,
      headers: sent,
      body: raw ?? (body === undefined ? undefined : JSON.stringify(body)),
      redirect: "manual",
    });
    const bytes = Buffer.from(await reply.arrayBuffer());
    this.#keepCookies(reply);
    const type = reply.headers.get("content-type") ?? "";
    const json = /^application\/([a-z.]+\+)?json\b/.test(type) && bytes.length ? JSON.parse(bytes) : undefined;
    const said = () => `${method} ${path} answered ${reply.status} ${json ? JSON.stringify(json).slice(0, 2000) : type}`;
    if (code !== undefined) assert.equal(json?.code, code, said());
    if (status !== undefined) assert.equal(reply.status, status, said());
    else if (code === undefined && !any) assert.ok(reply.status >= 200 && reply.status < 300, said());
    if (this.check) this.server.document.checkReply(method, path, reply.status, type, json, bytes.length);
    return { status: reply.status, headers: reply.headers, body: json, bytes };
  }

  get(path, options) {
    return this.request("GET", path, options);
  }

  post(path, body, options) {
    return this.request("POST", path, { body, ...options });
  }

  put(path, body, options) {
    return this.request("PUT", path, { body, ...options });
  }

  patch(path, body, options) {
    return this.request("PATCH", path, { body, ...options });
  }

  delete(path, options) {
    return this.request("DELETE", path, options);
  }

  // A file as the web application sends it: the raw bytes, its name beside.
  upload(path, name, bytes, { type = "application/octet-stream", headers, ...options } = {}) {
    return this.request("POST", path, {
      raw: bytes,
      headers: { "Content-Type": type, "X-File-Name": encodeURIComponent(name), ...headers },
      ...options,
    });
  }

  // Signs in with a password; the session may still want a second factor. Keeps the CSRF token.
  async startSession(username, password, options) {
    const { body } = await this.post("/api/session", { username, password }, options);
    this.csrf = body.csrf_token ?? null;
    return body;
  }

  #keepCookies(reply) {
    for (const line of reply.headers.getSetCookie()) {
      const [pair, ...attributes] = line.split(";").map((part) => part.trim());
      const [name, value] = [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)];
      const gone = attributes.some((attribute) => /^max-age=(0|-)/i.test(attribute));
      if (gone || value === "") this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
  }
}
