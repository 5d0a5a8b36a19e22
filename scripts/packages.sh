# Installs Debian or Ubuntu packages that are missing; sourced by the other scripts.

say() { printf '\n== %s\n' "$*"; }

# install_missing PACKAGE...: asks apt only for what is not there.
install_missing() {
  local missing=() package
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
  done
  if [ "${#missing[@]}" -eq 0 ]; then
    echo "skipped: all ${#} packages are installed"
    return 0
  fi
  echo "installing: ${missing[*]}"
  local root=()
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
      echo "cannot install (not root, and there is no sudo); ask your administrator for: ${missing[*]}" >&2
      return 1
    fi
    root=(sudo)
  fi
  "${root[@]}" apt-get update -qq
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# What a build needs.
build_packages=(
  g++ cmake ninja-build git ca-certificates
  libboost-graph-dev libboost-dev libcli11-dev libfmt-dev libhdf5-dev libnanoflann-dev nlohmann-json3-dev
  libopenturns-dev librandom123-dev libtbb-dev libtomlplusplus-dev libutfcpp-dev
)

# What README and docs/tutorial.md need to read a result in Python and R.
reading_packages=(
  python3-matplotlib python3-netcdf4 python3-pandas python3-xarray r-cran-ncdf4
)

# What rathaus report needs.
report_packages=(
  python3 python3-h5py python3-jinja2 python3-matplotlib python3-numpy python3-openpyxl python3-pandas python3-scipy
  python3-xarray weasyprint
)

# What scripts/test.sh needs beside all of these: other compilers, other readers, job engines, a browser.
test_packages=(
  catch2 clang-16 libclang-rt-16-dev llvm-16 libmpfr-dev
  hdf5-tools netcdf-bin mypy python3-h5netcdf python3-jsonschema python3-pip python3-sklearn python3-venv udunits-bin
  munge slurm-wlm snakemake
  chromium chromium-driver poppler-utils python3-selenium
  r-cran-jsonlite r-cran-knitr r-cran-markdown r-cran-processx
)

# What scripts/docs.sh needs.
docs_packages=(
  doxygen furo libjs-katex python3-h5py python3-matplotlib python3-myst-parser python3-numpy python3-pandas python3-scipy python3-sphinx
  python3-xarray
)

# What scripts/web.sh needs: the engine's headers, WebAssembly by clang, and node with npm for the page.
web_packages=(
  cmake ninja-build clang-16 lld-16 wasi-libc libc++-16-dev-wasm32 libc++abi-16-dev-wasm32 libclang-rt-16-dev-wasm32
  libboost-graph-dev libboost-dev libfmt-dev libnanoflann-dev librandom123-dev libtomlplusplus-dev libutfcpp-dev nlohmann-json3-dev
)
