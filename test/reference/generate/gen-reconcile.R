# reconcile.json: forecasts of hierarchies made coherent by hts 6.0.3 (forecast 8.20), from given base forecasts and errors.
# The data are those of tsibble::tourism (tourism.rda of its repository); hts is installed from its repository.
# usage: Rscript gen-reconcile.R tourism.rda ../reconcile.json
suppressMessages(library(hts))
args <- commandArgs(TRUE)
load(args[1])
d <- as.data.frame(lapply(tourism, function(x) if (is.numeric(x)) as.numeric(unclass(x)) else as.character(x)))
d$Quarter <- as.Date(d$Quarter, origin = "1970-01-01")

d <- d[d$State %in% c("Tasmania", "Northern Territory"), ]
wide <- function(by) {
  a <- aggregate(d$Trips, c(lapply(by, function(b) d[[b]]), list(d$Quarter)), sum)
  key <- do.call(paste, c(a[seq_along(by)], sep = "/"))
  m <- tapply(a$x, list(a[[length(by) + 1]], key), sum)
  ts(m[, order(colnames(m))], start = 1998, frequency = 4)
}
h <- 4
based <- function(all) {
  fits <- lapply(seq_len(ncol(all)), function(i) ets(all[, i]))
  list(
    base = t(sapply(fits, function(f) as.numeric(forecast(f, h)$mean))),
    errors = t(sapply(seq_along(fits), function(i) as.numeric(all[, i] - fitted(fits[[i]]))))
  )
}
lambdaOf <- function(e) {
  target <- hts:::lowerD(e)
  # A text with four digits at its end.
  as.numeric(tail(hts:::shrink.estim(e, target)[[2]], 1))
}
rows <- function(m) lapply(seq_len(nrow(m)), function(i) unname(m[i, ]))

nested <- wide(c("State", "Region"))
states <- sub("/.*", "", colnames(nested))
counts <- as.vector(table(states))
y <- hts(nested, nodes = list(length(counts), counts))
all <- allts(y)
b <- based(all)
f <- t(b$base)
e <- t(b$errors)
nodes <- get_nodes(y)
n1 <- list(
  id = "state/region", ids = c("total", unique(states), colnames(nested)), base = rows(b$base), errors = rows(b$errors),
  lambda = lambdaOf(e),
  results = list(
    "bottom-up" = rows(t(hts:::smatrix(y) %*% t(f[, -(1:(1 + length(counts)))]) |> t())),
    "top-down" = rows(t(allts(hts(hts:::TdFp(f, nodes), nodes = nodes)))),
    ols = rows(t(combinef(f, nodes, weights = NULL, keep = "all", algorithms = "lu"))),
    mint = rows(t(MinT(f, nodes = nodes, residual = e, covariance = "shr", keep = "all", algorithms = "lu")))
  )
)

crossed <- wide(c("State", "Purpose"))
parts <- do.call(rbind, strsplit(colnames(crossed), "/"))
g <- rbind(as.integer(factor(parts[, 1])), as.integer(factor(parts[, 2])))
y <- gts(crossed, groups = g)
all <- allts(y)
b <- based(all)
f <- t(b$base)
e <- t(b$errors)
groups <- get_groups(y)
n2 <- list(
  id = "state*purpose",
  ids = c("total", levels(factor(parts[, 1])), paste0("*/", levels(factor(parts[, 2]))), colnames(crossed)),
  base = rows(b$base), errors = rows(b$errors),
  lambda = lambdaOf(e),
  results = list(
    ols = rows(t(combinef(f, groups = groups, weights = NULL, keep = "all", algorithms = "lu"))),
    mint = rows(t(MinT(f, groups = groups, residual = e, covariance = "shr", keep = "all", algorithms = "lu")))
  )
)
doc <- list(
  file = "reconcile.json", generator = "gen-reconcile.R",
  versions = list(R = as.character(getRversion()), hts = as.character(packageVersion("hts")), forecast = as.character(packageVersion("forecast"))),
  notes = "Quarterly trips in two states of Australia (tsibble::tourism): base forecasts by ets, one row a series, one-step errors, the shrinkage of MinT, and all forecasts after reconciliation.",
  cases = list(n1, n2)
)
writeLines(jsonlite::toJSON(doc, auto_unbox = TRUE, digits = NA), args[2])
