#!/usr/bin/env bash
# readers_test.sh FILE [--real]: opens a result file with every reader we promise it opens in.
# Without --real it is the file that readers_sample wrote. Exit 77: a reader is not installed.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
file=$1
kind=${2:-}

for tool in ncdump h5dump /usr/bin/python3 /usr/bin/Rscript; do
  command -v "$tool" >/dev/null || { echo "skipped: no $tool"; exit 77; }
done
/usr/bin/python3 -c 'import xarray, netCDF4, h5netcdf, h5py' || { echo "skipped: no xarray"; exit 77; }
/usr/bin/Rscript -e 'library(ncdf4)' >/dev/null 2>&1 || { echo "skipped: no ncdf4 for R"; exit 77; }

/usr/bin/python3 -c 'import ctypes; ctypes.CDLL("libudunits2.so.0")' 2>/dev/null || { echo "skipped: no UDUNITS"; exit 77; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

ncdump -h "$file" > "$work/ncdump.txt"
grep -q 'run = UNLIMITED' "$work/ncdump.txt"
grep -q ':Conventions = "CF-1.11"' "$work/ncdump.txt"
if grep phony_dim "$work/ncdump.txt"; then exit 1; fi
h5dump -H "$file" > "$work/h5dump.txt"
grep -q 'DATASET "run"' "$work/h5dump.txt"
echo "ncdump, h5dump: headers read"

/usr/bin/python3 "$here/readers_test.py" "$file" "$work/contents.csv" $kind
/usr/bin/Rscript --vanilla "$here/readers_test.R" "$file" "$work/contents.csv"
