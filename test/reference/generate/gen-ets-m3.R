# ets-m3.json: the choice and the criteria of R's ets on series of the M3 competition. Takes about four minutes.
# Usage: Rscript gen-ets-m3.R DATA ..      DATA: the folder that holds m3/ (train.csv.gz, meta.csv, m3-200.json)
suppressMessages(library(forecast))
args <- commandArgs(TRUE)
m3 <- file.path(args[1], "m3")
meta <- read.csv(file.path(m3, "meta.csv"), stringsAsFactors = FALSE)
train <- read.csv(gzfile(file.path(m3, "train.csv.gz")), stringsAsFactors = FALSE)
y <- split(train$y, factor(train$unique_id, unique(train$unique_id)))
period <- setNames(meta$m, meta$unique_id)
json <- paste(readLines(file.path(m3, "m3-200.json"), warn = FALSE), collapse = "")
monthly <- regmatches(json, gregexpr("N[0-9]+", json))[[1]]
others <- names(y)[period[names(y)] != 12]
ids <- c(monthly, others[seq(9, length(others), 9)])
rows <- vapply(ids, function(id) {
  f <- ets(ts(y[[id]], frequency = period[[id]]))
  sprintf('{"id": "ets-m3-%s", "series": "%s", "call": "forecast::ets(x)", "result": {"period": %d, "method": "%s", "aicc": %.10f, "loglik": %.10f}}',
    id, id, period[[id]], f$method, f$aicc, f$loglik)
}, "")
head <- sprintf('{"file": "ets-m3.json", "generator": "gen-ets-m3.R", "versions": {"R": "%s", "forecast": "%s"}, "notes": ["the data are not here: M3\'s training part (Mcomp), YULE_DATA/m3; 200 monthly series (m3-200.json) and every ninth of the others", "aicc without the Gaussian constants; R stops its optimiser early, so these are upper limits"], "cases": [',
  paste(R.version$major, R.version$minor, sep = "."), packageVersion("forecast"))
writeLines(c(head, paste(rows, c(rep(",", length(rows) - 1), "")), "]}"), file.path(args[2], "ets-m3.json"))
