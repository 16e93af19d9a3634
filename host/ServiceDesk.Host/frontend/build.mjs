// Builds styles, scripts, fonts and the icon sprite into ../wwwroot/dist with hashed names and a manifest.
// Installs the packages first when the lock file changed. Several builds at once wait for each other; one that finds
// everything up to date does nothing.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";

const here = dirname(fileURLToPath(import.meta.url));
const dist = resolve(here, "../wwwroot/dist");
const compiler = join(here, "compiler/babel.js");
const lock = join(here, ".building");

await alone(build);

async function build() {
  const inputs = fingerprint(["package-lock.json", "build.mjs", "icons.txt", ...files("styles"), ...files("scripts")]);
  if (existsSync(join(dist, "manifest.json")) && existsSync(compiler) && read(join(dist, "inputs.sha256")) === inputs) {
    touch(join(dist, "manifest.json"));
    touch(compiler);
    return;
  }

  install();
  layOutCompiler();
  const fresh = `${dist}.new`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  const manifest = { files: await bundle(fresh), ...sprite(fresh) };
  manifest.preload = latin(manifest.files["fonts.css"], fresh);
  compress(fresh);
  writeFileSync(join(fresh, "inputs.sha256"), inputs);
  writeFileSync(join(fresh, "manifest.json"), JSON.stringify(manifest));
  rmSync(dist, { recursive: true, force: true });
  renameSync(fresh, dist);
}

function install() {
  const wanted = fingerprint(["package-lock.json"]);
  const mark = join(here, "node_modules", ".installed");
  if (read(mark) === wanted) {
    return;
  }

  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  execFileSync(npm, ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: here,
    stdio: ["ignore", "ignore", "inherit"],
    shell: process.platform === "win32",
  });
  writeFileSync(mark, wanted);
}

// Babel compiles scripts inside the server's engine, which cannot make the colours of its error messages: they are taken out.
function layOutCompiler() {
  let text = read(join(here, "node_modules/babel-standalone/babel.min.js"));
  for (const [colour, plain] of [["e.white.bgRed.bold", "e.white"], ["marker:e.red.bold", "marker:e.red"]]) {
    if (text.split(colour).length !== 2) {
      throw new Error(`Babel has no '${colour}' any more`);
    }

    text = text.replace(colour, plain);
  }

  mkdirSync(dirname(compiler), { recursive: true });
  writeFileSync(compiler, text);
}

async function bundle(out) {
  const esbuild = await import("esbuild");
  const result = await esbuild.build({
    absWorkingDir: here,
    entryPoints: ["styles/app.css", "styles/fonts.css", ...files("scripts").filter((f) => /^scripts\/[^/]+\.js$/.test(f))],
    outdir: out,
    outbase: here,
    entryNames: "[name]-[hash]",
    assetNames: "fonts/[name]-[hash]",
    bundle: true,
    minify: true,
    format: "esm",
    target: ["chrome123", "firefox121", "safari17.5"],
    loader: { ".woff2": "file" },
    legalComments: "none",
    metafile: true,
    logLevel: "warning",
  });
  const named = {};
  for (const [path, output] of Object.entries(result.metafile.outputs)) {
    if (output.entryPoint) {
      named[output.entryPoint.split("/").pop()] = path.split("/").pop();
    }
  }

  return named;
}

function sprite(out) {
  const names = read(join(here, "icons.txt"))
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line && !line.startsWith("#"));
  const symbols = names.map((name) => {
    const svg = read(join(here, "node_modules/@tabler/icons/icons/outline", `${name}.svg`));
    if (!svg) {
      throw new Error(`icons.txt names '${name}', which Tabler does not have`);
    }

    const inner = svg
      .slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"))
      .replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none" \/>/, "")
      .replace(/\s+/g, " ")
      .trim();
    return `<symbol id="${name}" viewBox="0 0 24 24">${inner}</symbol>`;
  });
  const text = `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`;
  const file = `icons-${createHash("sha256").update(text).digest("hex").slice(0, 8)}.svg`;
  writeFileSync(join(out, file), text);
  return { sprite: file, icons: names };
}

// The piece of the font with Latin letters is on every page: name it, so that pages can ask for it early.
function latin(stylesheet, out) {
  const faces = read(join(out, stylesheet)).split("@font-face").slice(1);
  const face = faces.find((f) => /unicode-range:[^;}]*U\+(20-7e|61|41|20\b)/i.test(f));
  return face?.match(/url\("?\.?\/?([^")]+\.woff2)/)?.[1] ?? null;
}

function compress(out) {
  for (const name of readdirSync(out).filter((file) => /\.(css|js|svg)$/.test(file))) {
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
    writeFileSync(join(out, `${name}.br`), brotliCompressSync(readFileSync(join(out, name)), { params }));
  }
}

async function alone(work) {
  for (;;) {
    try {
      mkdirSync(lock);
      writeFileSync(join(lock, "pid"), String(process.pid));
      break;
    } catch (problem) {
      if (problem.code !== "EEXIST") {
        throw problem;
      }

      if (isAbandoned()) {
        rmSync(lock, { recursive: true, force: true });
      } else {
        await delay(200);
      }
    }
  }

  try {
    await work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function isAbandoned() {
  const pid = Number(read(join(lock, "pid")) ?? 0);
  try {
    if (!pid) {
      return Date.now() - statSync(lock).mtimeMs > 10_000;
    }

    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
}

function files(folder) {
  return readdirSync(join(here, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(here.length + 1).replaceAll("\\", "/"))
    .sort();
}

function fingerprint(paths) {
  const hash = createHash("sha256");
  for (const path of paths) {
    hash.update(path).update("\0").update(readFileSync(join(here, path))).update("\0");
  }

  return hash.digest("hex");
}

function read(path) {
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}

function touch(path) {
  writeFileSync(path, readFileSync(path));
}
