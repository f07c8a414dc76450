#!/usr/bin/env bash
# Several shops in one file: one forecast each, as CSV for the next program.
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

node -e '
  console.log("shop,week,sales");
  for (const shop of ["north", "south"])
    for (let t = 0; t < 80; t++) {
      const week = new Date(Date.UTC(2023, 0, 2 + 7 * t)).toISOString().slice(0, 10);
      console.log(`${shop},${week},${100 + t + (t * 29) % 17 + (shop === "north" ? 40 : 0)}`);
    }' > "$folder/shops.csv"
npx yule forecast "$folder/shops.csv" -n 4 --model auto-ets -o "$folder/forecasts.csv"
cat "$folder/forecasts.csv"
