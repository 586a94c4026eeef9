// The API document of the running server, and every reply held against it.
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

const pointer = (part) => part.replaceAll("~", "~0").replaceAll("/", "~1");

export class ApiDocument {
  static async fetch(url) {
    const reply = await fetch(`${url}/api/openapi.json`);
    if (reply.status !== 200) throw new Error(`GET /api/openapi.json answered ${reply.status}`);
    return new ApiDocument(await reply.json());
  }

  constructor(document) {
    this.document = document;
    this.ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: true });
    addFormats(this.ajv);
    this.ajv.addSchema(document, "api");
    this.validators = new Map();
    this.routes = Object.entries(document.paths).map(([template, methods]) => ({
      template,
      methods,
      // Of two templates that match, the one with fewer parameters is meant.
      parameters: (template.match(/{/g) ?? []).length,
      pattern: new RegExp(`^${template.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/{[^}]+}/g, "[^/]+")}$`),
    }));
    this.routes.sort((a, b) => a.parameters - b.parameters);
  }

  // Every (path, method) of the document: { template, method, operation }.
  operations() {
    return this.routes.flatMap(({ template, methods }) =>
      ["get", "post", "put", "patch", "delete"]
        .filter((method) => methods[method])
        .map((method) => ({ template, method: method.toUpperCase(), operation: methods[method] })),
    );
  }

  // What a $ref stands for.
  resolve(schema) {
    if (!schema?.$ref) return schema;
    return this.resolve(
      schema.$ref
        .slice(2)
        .split("/")
        .reduce((at, part) => at?.[part.replaceAll("~1", "/").replaceAll("~0", "~")], this.document),
    );
  }

  #validator(ref) {
    let validate = this.validators.get(ref);
    if (!validate) {
      validate = this.ajv.compile({ $ref: ref });
      this.validators.set(ref, validate);
    }
    return validate;
  }

  // Throws when the reply is not as the document says.
  checkReply(method, path, status, type, json, length) {
    const pathname = path.split("?")[0];
    if (!pathname.startsWith("/api/") || method === "HEAD" || status === 304) return;
    const verb = method.toLowerCase();
    const route = this.routes.find(({ pattern, methods }) => pattern.test(pathname) && methods[verb]);
    const what = `${method} ${route?.template ?? pathname} ${status}`;
    if (!route) {
      // An address or method that is not there: the error alone is to be checked.
      if (status !== 404 && status !== 405) throw new Error(`${what}: the API document does not know this route`);
      this.#checkProblem(what, type, json);
      return;
    }
    const responses = route.methods[verb].responses;
    const key = [String(status), `${Math.floor(status / 100)}XX`, "default"].find((name) => responses[name]);
    if (!key) throw new Error(`${what}: the API document does not describe this status`);
    const content = this.resolve(responses[key]).content;
    if (!content) {
      if (length > 0) throw new Error(`${what}: a body (${type}) where the API document has none`);
      return;
    }
    const bare = type.split(";")[0].trim();
    const media = [bare, `${bare.split("/")[0]}/*`, "*/*"].find((name) => content[name]);
    if (!media) throw new Error(`${what}: ${bare || "no body"} is not among ${Object.keys(content)}`);
    if (json === undefined) return;
    if (content[media].schema) {
      const ref = responses[key].$ref
        ? `api${responses[key].$ref}/content/${pointer(media)}/schema`
        : `api#/paths/${pointer(route.template)}/${verb}/responses/${key}/content/${pointer(media)}/schema`;
      this.#validate(what, ref, json);
    }
    if (status >= 400) this.#checkProblem(what, type, json);
  }

  #validate(what, ref, json) {
    const validate = this.#validator(ref.replaceAll("{", "%7B").replaceAll("}", "%7D"));
    if (validate(json)) return;
    const errors = validate.errors.slice(0, 8).map((error) => `  ${error.instancePath || "/"} ${error.message} ${JSON.stringify(error.params)}`);
    throw new Error(`${what}: the reply is not as the API document says:\n${errors.join("\n")}\n${JSON.stringify(json).slice(0, 1500)}`);
  }

  // RFC 9457 with a code and a title for people.
  #checkProblem(what, type, json) {
    if (!type.startsWith("application/problem+json")) throw new Error(`${what}: an error as ${type || "nothing"}, not application/problem+json`);
    for (const name of ["code", "title"]) {
      if (typeof json?.[name] !== "string" || json[name] === "") throw new Error(`${what}: an error without ${name}: ${JSON.stringify(json)}`);
    }
  }
}
