#!/usr/bin/env bash
# Daily values with two missing days and a sensor's -999: say what marks a missing value, and the rest is found.
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

node -e '
  console.log("day,level");
  for (let t = 0; t < 60; t++) {
    if (t === 20 || t === 41) continue;
    const day = new Date(Date.UTC(2024, 0, 1 + t)).toISOString().slice(0, 10);
    console.log(`${day},${t === 33 ? -999 : 50 + 6 * (t % 7) + (t * 37) % 5}`);
  }' > "$folder/levels.csv"
npx yule forecast "$folder/levels.csv" --na -999 -n 7 --format table
