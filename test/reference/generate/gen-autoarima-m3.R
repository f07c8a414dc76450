# auto-arima-m3.json: the choice and the AICc of R's auto.arima, no approximations, on 200 series of the M3 competition.
# Takes about ten minutes. Usage: Rscript gen-autoarima-m3.R DATA ..      DATA: the folder that holds m3/m3-200.json
suppressMessages(library(forecast))
args <- commandArgs(TRUE)
json <- paste(readLines(file.path(args[1], "m3", "m3-200.json"), warn = FALSE), collapse = "")
lists <- regmatches(json, gregexpr('"N[0-9]+" *: *\\[[^]]*\\]', json))[[1]]
rows <- vapply(lists, function(text) {
  id <- sub('^"(N[0-9]+)".*$', "\\1", text)
  y <- as.numeric(strsplit(sub("^[^[]*\\[([^]]*)\\].*$", "\\1", text), ",")[[1]])
  f <- auto.arima(ts(y, frequency = 12), approximation = FALSE)
  a <- f$arma
  sprintf('{"id": "auto-arima-m3-%s", "series": "%s", "call": "forecast::auto.arima(x, approximation=FALSE)", "result": {"order": [%d, %d, %d], "seasonal": [%d, %d, %d], "constant": %s, "aicc": %.10f}}',
    id, id, a[1], a[6], a[2], a[3], a[7], a[4], tolower(any(c("intercept", "drift") %in% names(coef(f)))), f$aicc)
}, "")
head <- sprintf('{"file": "auto-arima-m3.json", "generator": "gen-autoarima-m3.R", "versions": {"R": "%s", "forecast": "%s"}, "notes": ["the data are not here: YULE_DATA/m3/m3-200.json, 200 monthly series of M3\'s training part (Mcomp)", "aicc is R\'s own: a diffuse prior of 1e6 for d + D > 0, and sometimes a lower maximum"], "cases": [',
  paste(R.version$major, R.version$minor, sep = "."), packageVersion("forecast"))
writeLines(c(head, paste(rows, c(rep(",", length(rows) - 1), "")), "]}"), file.path(args[2], "auto-arima-m3.json"))
