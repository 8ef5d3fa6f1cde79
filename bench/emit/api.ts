import http from "node:http";

/** A client of the API that keeps its connections. */
export class Api {
  readonly #agent: http.Agent;

  constructor(
    private readonly url: string,
    connections: number,
  ) {
    this.#agent = new http.Agent({ keepAlive: true, maxSockets: connections });
  }

  /** @throws with what the server says, where it is not data alone */
  async ask(query: string, variables: object): Promise<Record<string, unknown>> {
    const body = Buffer.from(JSON.stringify({ query, variables }));
    const text = await new Promise<string>((resolve, reject) => {
      const request = http.request(
        this.url,
        {
          method: "POST",
          agent: this.#agent,
          headers: { "content-type": "application/json", "content-length": body.length },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on("data", (chunk: Buffer) => chunks.push(chunk));
          response.on("end", () => resolve(Buffer.concat(chunks).toString()));
          response.on("error", reject);
        },
      );
      request.on("error", reject);
      request.end(body);
    });
    const { data, errors } = JSON.parse(text);
    if (errors !== undefined || data == null) throw new Error(text.slice(0, 1_000));
    return data;
  }

  end(): void {
    this.#agent.destroy();
  }
}
