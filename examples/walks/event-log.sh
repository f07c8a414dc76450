#!/usr/bin/env bash
# A log of single sales becomes a monthly series, and that a forecast.
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

node -e '
  console.log("sold_at,amount");
  for (let t = 0; t < 2000; t++) {
    const at = new Date(Date.UTC(2022, 0, 1) + t * 31_000_000 + (t * 7919) % 9_000_000).toISOString();
    console.log(`${at},${5 + (t * 13) % 40}`);
  }' > "$folder/sales-log.csv"
npx yule forecast "$folder/sales-log.csv" --aggregate sum --frequency M --value amount -n 3 --format table
