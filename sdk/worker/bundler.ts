import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

/** As much of esbuild as is used. */
interface Esbuild {
  build(options: Record<string, unknown>): Promise<{
    outputFiles: { contents: Uint8Array }[];
    metafile: { inputs: Record<string, unknown> };
  }>;
}

interface Bundle {
  url: string;
  /** The files it was made of, each with what tells that it has changed. */
  inputs: Map<string, string>;
}

/**
 * Makes TypeScript files into what Node can import, by the esbuild of their own project. A file is bundled anew only where it, or a
 * file of the project that it imports, has changed; packages stay outside, and are found from the file's folder as always.
 */
export class Bundler {
  readonly #bundles = new Map<string, Promise<Bundle>>();
  readonly #folders = new Set<string>();

  /** The URL of what Node can import: the file itself, or its bundle. Throws where there is no such file, or it cannot be bundled. */
  async moduleUrl(file: string): Promise<string> {
    if (!existsSync(file)) throw new Error(`there is no file ${file}`);
    if (!/\.[cm]?tsx?$/.test(file)) return pathToFileURL(file).href;
    const known = this.#bundles.get(file);
    if (known !== undefined && (await isCurrent(known))) return (await known).url;
    const again = this.#bundles.get(file);
    // Another run may have begun to bundle it meanwhile.
    const bundle = again === known ? this.#bundle(file) : (again ?? this.#bundle(file));
    this.#bundles.set(file, bundle);
    return (await bundle).url;
  }

  /** Removes what it has made. */
  async close(): Promise<void> {
    for (const folder of this.#folders) await rm(folder, { recursive: true, force: true });
  }

  async #bundle(file: string): Promise<Bundle> {
    const esbuild = await findEsbuild(file);
    const folder = path.dirname(file);
    const cache = await this.#cache(folder);
    const { outputFiles, metafile } = await esbuild
      .build({
        entryPoints: [file],
        absWorkingDir: folder,
        bundle: true,
        packages: "external",
        platform: "node",
        format: "esm",
        target: `node${process.versions.node}`,
        sourcemap: "inline",
        sourcesContent: false,
        // What the file says of its own place holds for the bundle too.
        define: {
          "import.meta.url": JSON.stringify(pathToFileURL(file).href),
          "import.meta.filename": JSON.stringify(file),
          "import.meta.dirname": JSON.stringify(folder),
        },
        // Sources are named as they are seen from there.
        outfile: path.join(cache, "bundle.mjs"),
        write: false,
        metafile: true,
        logLevel: "silent",
      })
      .catch((error: unknown) => {
        throw new Error(`${file} cannot be bundled: ${error instanceof Error ? error.message : error}`);
      });
    const contents = outputFiles[0]?.contents ?? new Uint8Array();
    const digest = createHash("sha256").update(contents).digest("hex").slice(0, 16);
    const target = path.join(cache, `${path.parse(file).name}-${digest}.mjs`);
    if (!existsSync(target)) {
      await writeFile(`${target}.part`, contents);
      await rename(`${target}.part`, target);
    }
    const inputs = new Map<string, string>();
    for (const input of Object.keys(metafile.inputs)) {
      const source = path.resolve(folder, input);
      inputs.set(source, await stamp(source));
    }
    return { url: pathToFileURL(target).href, inputs };
  }

  /** A folder of this process, from which packages are found as from the file's. */
  async #cache(folder: string): Promise<string> {
    const all = path.join(modulesAbove(folder), ".cache", "antiphon");
    const own = path.join(all, String(process.pid));
    if (this.#folders.has(own)) return own;
    await mkdir(own, { recursive: true });
    this.#folders.add(own);
    for (const pid of await readdir(all))
      if (!isAlive(Number(pid))) await rm(path.join(all, pid), { recursive: true, force: true });
    return own;
  }
}

/** Whether a bundle was made and nothing it was made of has changed since. */
async function isCurrent(made: Promise<Bundle>): Promise<boolean> {
  try {
    const { inputs } = await made;
    const stamps = await Promise.all([...inputs].map(async ([file, was]) => (await stamp(file)) === was));
    return stamps.every(Boolean);
  } catch {
    return false;
  }
}

async function stamp(file: string): Promise<string> {
  try {
    const { mtimeMs, size } = await stat(file);
    return `${mtimeMs} ${size}`;
  } catch {
    return "gone";
  }
}

/** The nearest folder of packages; one in the file's folder where there is none. */
function modulesAbove(folder: string): string {
  for (let at = folder; ; at = path.dirname(at)) {
    const modules = path.join(at, "node_modules");
    if (existsSync(modules)) return modules;
    if (path.dirname(at) === at) return path.join(folder, "node_modules");
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid)) return true; // not one of these folders
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

async function findEsbuild(file: string): Promise<Esbuild> {
  for (const place of [file, import.meta.url]) {
    const found = resolved(place);
    if (found === null) continue;
    const module: { default?: Esbuild } & Partial<Esbuild> = await import(pathToFileURL(found).href);
    const esbuild = module.default ?? module;
    if (esbuild.build) return esbuild as Esbuild; // it has what is used
  }
  throw new Error(
    `${file} is TypeScript, which workers bundle with esbuild, and there is none: type \`npm install esbuild\` in ${path.dirname(file)}, or give a JavaScript file`,
  );
}

function resolved(place: string): string | null {
  try {
    return createRequire(place).resolve("esbuild");
  } catch {
    return null;
  }
}
