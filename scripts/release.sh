#!/usr/bin/env bash
# Makes the archives of a release in build/archives: the program as it is installed, page included, and the workbench
# alone, which runs wherever a browser does. Usage: scripts/release.sh [--as-built BUILD] (takes a build folder and the
# page as they are, and builds nothing)
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/packages.sh
build=build/release
if [ "${1:-}" = --as-built ]; then
  build=${2:?a build folder}
  [ -f build/web/rathaus.html ] || { echo "build/web/rathaus.html is not built (scripts/web.sh builds it)" >&2; exit 1; }
else
  say "program"
  install_missing "${build_packages[@]}" python3
  [ -f "$build/build.ninja" ] || cmake --preset release >/dev/null
  cmake --build "$build" --target all
  scripts/web.sh
fi

say "archives"
version=$(sed -n 's/^  VERSION \([0-9.]*\).*/\1/p' CMakeLists.txt | head -1)
date=$(git log -1 --format=%cI 2>/dev/null || date -Iseconds)
archives=${RATHAUS_ARCHIVES:-build/archives}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
program=rathaus-$version-$(uname -s | tr '[:upper:]' '[:lower:]')-$(uname -m) page=rathaus-$version-workbench
cmake --install "$build" --prefix "$work/$program" --strip >/dev/null
mkdir -p "$work/$page" "$archives"
cp LICENSE CITATION.cff CHANGELOG.md "$work/$program"
cp LICENSE build/web/rathaus.html docs/workbench.md "$work/$page"
# the same contents give the same bytes; the page comes as what every desk can open
tar -C "$work" --sort=name --owner=0 --group=0 --numeric-owner --mtime="$date" -cf - "$program" | gzip -9n >"$archives/$program.tar.gz"
python3 - "$work" "$page" "$archives/$page.zip" "$date" <<'PYTHON'
import pathlib, sys, zipfile
work, page, out, date = sys.argv[1:]
with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
    for file in sorted((pathlib.Path(work) / page).iterdir()):
        day, time = date[:10].split("-"), date[11:19].split(":")
        info = zipfile.ZipInfo(f"{page}/{file.name}", tuple(map(int, day + time)))
        info.external_attr, info.compress_type = 0o644 << 16, zipfile.ZIP_DEFLATED
        archive.writestr(info, file.read_bytes())
PYTHON
(cd "$archives" && sha256sum "$program.tar.gz" "$page.zip" | tee "rathaus-$version.sha256")
