# nnetar-m3.json: orders and errors of R's nnetar on 200 monthly series of the M3 competition. Takes about two minutes.
# Usage: Rscript gen-nnetar-m3.R DATA ..      DATA: the folder that holds m3/ (train.csv.gz, test.csv.gz, m3-200.json)
suppressMessages(library(forecast))
args <- commandArgs(TRUE)
m3 <- file.path(args[1], "m3")
values <- function(name) {
  part <- read.csv(gzfile(file.path(m3, name)), stringsAsFactors = FALSE)
  split(part$y, factor(part$unique_id, unique(part$unique_id)))
}
train <- values("train.csv.gz")
test <- values("test.csv.gz")
json <- paste(readLines(file.path(m3, "m3-200.json"), warn = FALSE), collapse = "")
ids <- regmatches(json, gregexpr("N[0-9]+", json))[[1]]
cpu <- 0
rows <- vapply(ids, function(id) {
  y <- train[[id]]
  scale <- mean(abs(diff(y, 12)))
  set.seed(1)
  began <- proc.time()
  f <- nnetar(ts(y, frequency = 12))
  cpu <<- cpu + sum((proc.time() - began)[1:2])
  ahead <- as.numeric(forecast(f, h = 18)$mean)
  mase <- mean(abs(test[[id]][1:18] - ahead)) / scale
  sprintf('{"id": "nnetar-m3-%s", "series": "%s", "call": "{set.seed(1); forecast::nnetar(x)}", "result": {"p": %d, "P": %d, "size": %d, "mase": %.6f}}',
    id, id, f$p, f$P, as.integer(f$size), mase)
}, "")
cat(sprintf("CPU of the fits: %.2f s\n", cpu))
head <- sprintf('{"file": "nnetar-m3.json", "generator": "gen-nnetar-m3.R", "versions": {"R": "%s", "forecast": "%s"}, "notes": ["the data are not here: M3 (Mcomp), YULE_DATA/m3; 200 monthly series (m3-200.json), MASE of 18 steps with the seasonal scale", "random starts of R: only averages compare"], "cases": [',
  paste(R.version$major, R.version$minor, sep = "."), packageVersion("forecast"))
writeLines(c(head, paste(rows, c(rep(",", length(rows) - 1), "")), "]}"), file.path(args[2], "nnetar-m3.json"))
