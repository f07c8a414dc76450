#!/usr/bin/env bash
# A monthly series: look at it, forecast it, and see how good such forecasts have been.
set -euo pipefail
cd "$(dirname "$0")/../.."

npx yule inspect datasets/airpassengers.csv
npx yule forecast datasets/airpassengers.csv -n 12 --format table
npx yule backtest datasets/airpassengers.csv -n 12 --folds 4 --model snaive --model auto-ets --model "log(arima(0,1,1)(0,1,1)[12])"
