#!/usr/bin/env bash
# Builds build/web/rathaus.html: the simulator in one page, opened from disk, without network or server.
# Usage: scripts/web.sh
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/packages.sh

say "packages of the workbench"
node_packages=()
command -v node >/dev/null || node_packages+=(nodejs)
command -v npm >/dev/null || node_packages+=(npm)
install_missing "${web_packages[@]}" "${node_packages[@]}"

# libc++abi for wasm32 comes without the runtime of exceptions; Debian's emscripten holds its sources. They are
# unpacked from the package, which would otherwise bring a second clang along.
emscripten=/usr/share/emscripten
if [ ! -d "$emscripten/system/lib/libcxxabi/src" ]; then
  emscripten="$PWD/build/web/packages/usr/share/emscripten"
  if [ ! -d "$emscripten/system/lib/libcxxabi/src" ]; then
    echo "unpacking the sources of emscripten"
    mkdir -p build/web/packages
    (cd build/web/packages &&
      { apt-get download -qq emscripten 2>/dev/null || { apt-get update -qq && apt-get download -qq emscripten; }; } &&
      dpkg-deb --fsys-tarfile emscripten_*.deb | tar -x ./usr/share/emscripten/system/lib && rm emscripten_*.deb)
  fi
fi

say "engine"
if [ -f build/web/build.ninja ]; then
  echo "skipped: already configured in build/web"
else
  cmake --preset web -DRATHAUS_EMSCRIPTEN="$emscripten" >/dev/null
fi
cmake --build build/web

say "page"
if [ -d web/node_modules/esbuild ] && [ web/node_modules/.package-lock.json -nt web/package-lock.json ]; then
  echo "skipped: its packages are installed"
else
  npm ci --prefix web --no-audit --no-fund --silent
fi
node web/build.mjs build/web/engine.wasm build/web/rathaus.html
