import net from "node:net";

/**
 * Refuses to begin where another server has the port, before anything is built under its feet. What is no port at all the
 * server itself explains.
 */
export async function requireFreePort() {
  const host = process.env.HOST || "127.0.0.1";
  const port = Number(process.env.PORT || 4200);
  if (!Number.isInteger(port) || port < 1 || port > 65_535 || !(await isTaken(host, port))) return;
  throw new Error(
    `${host}:${port} is in use, perhaps by an Antiphon that runs already. Stop what listens there, or choose another port: PORT=4201 npm start`,
  );
}

/**
 * @param {string} host
 * @param {number} port
 * @returns {Promise<boolean>}
 */
function isTaken(host, port) {
  return new Promise((resolve) => {
    const server = net.createServer();
    // Any other failure is the server's to explain.
    server.once("error", (error) => resolve("code" in error && error.code === "EADDRINUSE"));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(false)));
  });
}
