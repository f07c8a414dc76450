"""distributions.json: special functions and distributions in 40 to 500 digits. usage: gen-distributions.py OUTDIR"""
import json, os, random, sys
import mpmath
from mpmath import mp, mpf, atan, digamma, erf, erfc, exp, log, loggamma, ncdf, npdf, pi, quad, sqrt

HALF = mpf(1) / 2
INF = mp.inf
cases = []


def add(id, call, input, result):
    """Keeps a case whose result is a normal double; numbers repeat what the double says, not more."""
    value = [float(r) for r in result] if isinstance(result, list) else float(result)
    for v in value if isinstance(value, list) else [value]:
        if v != 0 and not 1e-305 < abs(v) < 1e305: return
    cases.append({"id": f"{id}-{sum(c['id'].startswith(id + '-') for c in cases) + 1}", "input": input, "call": call, "result": value})


def digits(n):
    def wrap(f):
        def g(*a):
            old, mp.dps = mp.dps, n
            try: return f(*a)
            finally: mp.dps = old
        return g
    return wrap


# --- normal ---------------------------------------------------------------------------------------------------------
def lower_normal(x): return erfc(-mpf(x) / sqrt(mpf(2))) / 2

@digits(60)
def normal_quantile(p):
    p = mpf(p)
    if p == HALF: return mpf(0)
    if p > HALF: return -normal_quantile(1 - p)
    z = -sqrt(-2 * log(2 * p)) if p < 0.4 else (p - HALF) * sqrt(2 * pi)
    for _ in range(100):
        c = lower_normal(z)
        step = (log(c) - log(p)) * c / npdf(z)
        z -= step
        if abs(step) < mpf(10) ** -45 * abs(z): break
    return z

def normal_cases(r):
    xs = [-38.4, -37, -30.25, -20, -8.3, -5, -4.99, -1.96, -0.7, -0.66, -1e-8, 0, 1e-300, 0.3, 0.66, 0.67, 1, 2.5, 6, 8.2] + [r.uniform(-38, 8) for _ in range(25)]
    for x in xs:
        add("normal-cdf", "erfc(-x/sqrt(2))/2", {"x": x}, digits(60)(lower_normal)(x))
        add("normal-logcdf", "log(erfc(-x/sqrt(2))/2)", {"x": x}, digits(60)(lambda v: log(lower_normal(v)))(x))
    add("normal-logcdf", "log(erfc(-x/sqrt(2))/2)", {"x": -1000.0}, digits(60)(lambda v: log(lower_normal(v)))(-1000.0))
    for x in [0, 1e-200, 0.1, 0.46, 0.47, 0.5, 1, 2, 3.9, 4.1, 5.5] + [r.uniform(-3, 6) for _ in range(10)]:
        add("erf", "erf(x)", {"x": x}, erf(mpf(x)))
    for x in [-3, -0.4, 0.2, 0.47, 1, 4, 4.01, 10, 26] + [r.uniform(-1, 26) for _ in range(15)]:
        add("erfc", "erfc(x)", {"x": x}, erfc(mpf(x)))
    for p in [1e-300, 5e-300, 1e-200, 1e-100, 1e-20, 1e-11, 1.3e-11, 1e-5, 0.025, 0.074, 0.076, 0.25, 0.4999999, 0.5, 0.5000001, 0.75, 0.924, 0.926, 0.975, 1 - 1e-10] + [r.random() for _ in range(15)] + [10 ** r.uniform(-300, -1) for _ in range(15)]:
        add("normal-quantile", "root of erfc(-x/sqrt(2))/2 = p", {"p": p}, normal_quantile(p))


# --- gamma ----------------------------------------------------------------------------------------------------------
def gamma_tails(a, x):
    """P and Q(a, x), by the series of positive terms with digits to spare for the difference."""
    a, x = mpf(a), mpf(x)
    term = 1 / a; total = term; n = 0
    while term > total * mpf(10) ** -75:
        n += 1; term *= x / (a + n); total += term
    lower = exp(a * log(x) - x - loggamma(a)) * total
    return lower, 1 - lower

def gamma_cases(r):
    xs = [1e-8, 1e-3, 0.3, 0.5, 0.9999, 1.0001, 1.4616, 1.5, 1.999, 2.001, 2.5, 9.99, 10, 10.01, 171.5, 1e6, 1e12] + [r.uniform(0, 12) for _ in range(15)]
    for x in xs:
        add("loggamma", "loggamma(x)", {"x": x}, loggamma(mpf(x)))
        add("digamma", "digamma(x)", {"x": x}, digamma(mpf(x)))
    points = [(0.5, 0.01), (0.5, 2), (0.5, 30), (1, 1e-5), (3, 3), (99, 80), (100, 101), (150, 60), (150, 400), (2e4, 2.1e4), (1e6, 1.001e6), (1e7, 9.99e6)]
    for _ in range(40):
        a = 10 ** r.uniform(-1, 4)
        points.append((a, a * 10 ** r.uniform(-3, 1.5)) if a < 20 else (a, a + r.gauss(0, 1) * r.choice([1, 4, 9]) * a ** 0.5))
    for a, x in points:
        if not 0 < x: continue
        lower, upper = digits(90)(gamma_tails)(a, x)
        add("gamma-lower", "gammainc(a,0,x)/gamma(a)", {"a": a, "x": x}, lower)
        if upper > mpf(10) ** -55: add("gamma-upper", "gammainc(a,x)/gamma(a)", {"a": a, "x": x}, upper)
    for x, df in [(3.841458820694124, 1), (18.3, 10), (0.004, 1), (250, 24), (1000, 3), (95, 100), (1500, 1400)]:
        upper = digits(500)(lambda: 1 - digits(500)(_lower500)(df, x))()
        add("chi-square-upper", "gammainc(df/2,x/2)/gamma(df/2)", {"x": x, "df": df}, upper)

def _lower500(df, x):
    a, x = mpf(df) / 2, mpf(x) / 2
    term = 1 / a; total = term; n = 0
    while term > total * mpf(10) ** -490:
        n += 1; term *= x / (a + n); total += term
    return exp(a * log(x) - x - loggamma(a)) * total


# --- beta -----------------------------------------------------------------------------------------------------------
def log_beta(a, b): return loggamma(a) + loggamma(b) - loggamma(a + b)

def beta_series(a, b, x):
    term = 1 / a; total = term; n = 0; least = mpf(10) ** -(mp.dps - 5)
    while term > total * least or (a + b + n) * x > a + 1 + n:
        term *= (a + b + n) / (a + 1 + n) * x; total += term; n += 1
    return exp(a * log(x) + b * log(1 - x) - log_beta(a, b)) * total

@digits(360)
def beta_tails(a, b, x):
    """Both tails from the one whose series is short; 360 digits outlive the difference."""
    a, b, x = mpf(a), mpf(b), mpf(x)
    if x < HALF:
        lower = beta_series(a, b, x)
        return lower, 1 - lower
    upper = beta_series(b, a, 1 - x)
    return 1 - upper, upper

def beta_cases(r):
    points = [(0.5, 0.5, 0.3), (2, 3, 0.5), (1e4, 1e4, 0.49), (100, 100, 0.3), (99, 2e4, 0.004), (5e3, 0.5, 0.9997), (0.1, 200, 1e-30), (30, 0.25, 1e-9)]
    for _ in range(50):
        a, b = 10 ** r.uniform(-1, 3.5), 10 ** r.uniform(-1, 3.5)
        spread = (a * b / ((a + b) ** 2 * (a + b + 1))) ** 0.5
        points.append((a, b, r.random() if a + b < 200 else a / (a + b) + spread * r.gauss(0, 1) * r.choice([1, 4, 9])))
    for a, b, x in points:
        if not 0 < x < 1: continue
        lower, upper = beta_tails(a, b, x)
        add("beta-lower", "betainc(a,b,0,x)/beta(a,b)", {"a": a, "b": b, "x": x}, lower)
        add("beta-upper", "betainc(a,b,x,1)/beta(a,b)", {"a": a, "b": b, "x": x}, upper)
    for _ in range(25):
        a, b = 10 ** r.uniform(-3, 9), 10 ** r.uniform(-3, 9)
        add("log-beta", "loggamma(a)+loggamma(b)-loggamma(a+b)", {"a": a, "b": b}, log_beta(mpf(a), mpf(b)))
    for x, d1, d2 in [(4.9646, 1, 10), (1.2, 30, 40), (0.3, 5, 7), (50, 3, 100), (2.5, 1, 1e6), (1e4, 2, 3)]:
        t = mpf(d1) / mpf(d2) * mpf(x)
        add("f-upper", "betainc(df1/2,df2/2,w,1)/beta, w=df1*x/(df2+df1*x)", {"x": x, "df1": d1, "df2": d2}, digits(80)(lambda: beta_tails(mpf(d1) / 2, mpf(d2) / 2, t / (1 + t))[1])())


# --- Student's t ----------------------------------------------------------------------------------------------------
def t_log_density(t, nu): return -(nu + 1) / 2 * log(1 + t * t / nu) - log(nu) / 2 - log_beta(HALF, nu / 2)

def t_tail(t, nu):
    """P(T > t), t > 0: from the middle, by the series of the tail, or by integration relative to the density at t."""
    a, x, y = nu / 2, nu / (nu + t * t), t * t / (nu + t * t)
    if t * t * min(1, nu) < 50 and y < 0.98: return digits(80)(lambda: (1 - beta_series(HALF, a, y)) / 2)()
    if x < 0.95 or nu < 50:
        term = 1 / a; total = term; n = 0
        while term > total * mpf(10) ** -32:
            term *= (a + HALF + n) / (a + 1 + n) * x; total += term; n += 1
        return exp(log(y) / 2 + a * log(x) - log_beta(HALF, a)) * total / 2
    ratio = lambda u: exp(-(nu + 1) / 2 * log((1 + (t + u / t) ** 2 / nu) / (1 + t * t / nu))) / t
    return exp(t_log_density(t, nu)) * quad(ratio, [3 * k for k in range(31)], method="gauss-legendre")

def t_quantile_size(p, nu):
    """t > 0 with P(T > t) = p: bracketed by doubling, then Newton in log t."""
    low = high = mpf(1)
    while t_tail(low, nu) < p: low /= 2
    while t_tail(high, nu) > p: high *= high if high > 2 else 4
    u = log(low * high) / 2
    lo, hi = log(low), log(high)
    for _ in range(200):
        t = exp(u); tail = t_tail(t, nu)
        if tail > p: lo = u
        else: hi = u
        step = (log(tail) - log(p)) * tail / (t * exp(t_log_density(t, nu)))
        u = u + step if lo <= u + step <= hi else (lo + hi) / 2
        if abs(step) < mpf(10) ** -24: break
    return exp(u)

def t_cases(r):
    pairs = [(0.025, nu) for nu in (0.5, 1, 2, 3, 5, 30, 1e3, 1e6, 1e8)] + [(1e-300, nu) for nu in (2, 3.3, 10, 100, 1e4, 1e8)] + [(0.975, 4), (0.4999, 7), (0.26, 0.5), (0.24, 1e8)]
    for _ in range(70):
        nu = r.choice([0.5, 1, 1.5, 2, 4.7, 10, 30.5, 1e3, 1e6, 1e8, 10 ** r.uniform(-0.3, 8)])
        pairs.append((r.choice([r.random(), 10 ** r.uniform(-20, 0), 10 ** r.uniform(-300, 0), 0.5 - 10 ** r.uniform(-12, -1)]), nu))
    for p, nu in pairs:
        q = t_quantile_size(min(mpf(p), 1 - mpf(p)), mpf(nu))
        q = -q if p < 0.5 else q
        add("t-quantile", "root of P(T<=t) = p", {"p": p, "df": nu}, q)
        if q < 0:
            t = float(q)
            if abs(t) < 1e300: add("t-cdf", "betainc(df/2,1/2,0,df/(df+t^2))/(2*beta)", {"t": t, "df": nu}, t_tail(-mpf(t), mpf(nu)))
        if abs(q) < 1e300: add("t-logdensity", "-(df+1)/2*log(1+t^2/df)-log(sqrt(df)*beta(1/2,df/2))", {"t": float(q), "df": nu}, t_log_density(mpf(float(q)), mpf(nu)))


# --- counts ---------------------------------------------------------------------------------------------------------
def log_pmf(k, m, alpha):
    m = mpf(m)
    if alpha == 0: return k * log(m) - m - loggamma(k + 1)
    size = 1 / mpf(alpha)
    odds = mpf(alpha) * m
    return loggamma(k + size) - loggamma(size) - loggamma(k + 1) - size * log(1 + odds) + k * log(odds / (1 + odds))

def count_cases(r):
    points = [(0, 3, 0.5), (4, 3, 0.5), (0, 1e-3, 0), (200, 100, 0), (3000, 1000, 2), (1000, 1000, 1e-14), (900, 1000, 1e-8), (1, 0.01, 50)]
    for _ in range(45):
        m = r.choice([0.01, 0.5, 3, 47.3, 200, 1000, 10 ** r.uniform(-3, 4)])
        alpha = r.choice([0, 1e-10, 1e-3, 0.1, 1, 20, 10 ** r.uniform(-12, 2)])
        sd = (m + alpha * m * m) ** 0.5
        points.append((int(max(0, m + sd * r.gauss(0, 1) * r.choice([0.5, 1, 3, 6]))), m, alpha))
    for k, m, alpha in points:
        if k > 30000: continue
        add("count-logp", "log of the negative binomial probability, size 1/alpha, mean m; Poisson for alpha=0", {"k": k, "mean": m, "alpha": alpha}, digits(60)(log_pmf)(k, m, alpha))
        def cdf():
            p = exp(log_pmf(0, m, alpha)); total = p
            for j in range(1, k + 1):
                p *= mpf(m) / j if alpha == 0 else (j - 1 + 1 / mpf(alpha)) / j * (mpf(alpha) * mpf(m) / (1 + mpf(alpha) * mpf(m)))
                total += p
            return total
        add("count-cdf", "sum of the probabilities of 0..k", {"k": k, "mean": m, "alpha": alpha}, digits(60)(cdf)())
    for k, m, alpha in [(100003000, 1e8, 0), (1400000000000, 1e12, 0.5), (1000002000000, 1e12, 0)]:
        add("count-logp", "log of the negative binomial probability, size 1/alpha, mean m; Poisson for alpha=0", {"k": k, "mean": m, "alpha": alpha}, digits(60)(log_pmf)(k, m, alpha))


# --- quadrature rules -----------------------------------------------------------------------------------------------
def rule_cases():
    """Nodes and weights from the eigenvectors of the Jacobi matrix."""
    for name, sizes, beta, mass in (("legendre", (1, 2, 5, 12, 40), lambda k: k / sqrt(4 * k * k - 1), 2), ("hermite", (2, 5, 20), sqrt, 1)):
        for n in sizes:
            matrix = mpmath.zeros(n)
            for k in range(1, n): matrix[k - 1, k] = matrix[k, k - 1] = beta(mpf(k))
            values, vectors = mpmath.eigsy(matrix)
            order = sorted(range(n), key=lambda i: values[i])
            for what, list_ in (("nodes", [values[i] for i in order]), ("weights", [mass * vectors[0, i] ** 2 for i in order])):
                cases.append({"id": f"gauss-{name}-{what}-{n}", "input": {"n": n}, "call": "eigenvalues of the Jacobi matrix; mass times squared first components of its eigenvectors", "result": [float(mpmath.chop(v, 1e-30)) for v in list_]})


# --- moments after a change of scale -----------------------------------------------------------------------------------
def back(t, x):
    if t["kind"] == "log": return exp(x)
    if t["kind"] == "affine": return mpf(t["shift"]) + mpf(t["scale"]) * x
    if t["kind"] == "chain":
        for step in reversed(t["steps"]): x = back(step, x)
        return x
    if t["kind"] == "box-cox":
        q = 1 + mpf(t["lambda"]) * x
        return q ** (1 / mpf(t["lambda"])) if q > 0 else -((-q) ** (1 / mpf(t["lambda"]))) if q < 0 else mpf(0)
    low, high = t.get("lower"), t.get("upper")
    if high is None: return mpf(low) + exp(x)
    if low is None: return mpf(high) - exp(-x)
    return mpf(low) + (mpf(high) - mpf(low)) / (1 + exp(-x))

def moments(density, t, points):
    m = quad(lambda x: back(t, x) * density(x), points)
    return [m, quad(lambda x: (back(t, x) - m) ** 2 * density(x), points)]

def moment_cases():
    for m, v, t, kinks, reach in [
        (2, 0.25, {"kind": "log"}, (), 30), (2, 9, {"kind": "box-cox", "lambda": 0.3}, (-1 / mpf(0.3),), 30), (2, 0.5, {"kind": "box-cox", "lambda": 0.5}, (-2,), 30),
        (10, 25, {"kind": "box-cox", "lambda": 2}, (-0.5,), 30), (1, 4, {"kind": "bounded", "lower": -1, "upper": 5}, (), 30), (1, 400, {"kind": "bounded", "lower": -1, "upper": 5}, (), 30),
        (1, 0.64, {"kind": "bounded", "lower": 3}, (), 30), (1, 0.64, {"kind": "bounded", "upper": 3}, (), 30),
        (1, 0.64, {"kind": "chain", "steps": [{"kind": "affine", "shift": 5, "scale": 2}, {"kind": "log"}, {"kind": "affine", "shift": 0.5, "scale": 3}]}, (), 30),
        (0.1, 0.04, {"kind": "chain", "steps": [{"kind": "box-cox", "lambda": 0.5}, {"kind": "bounded", "lower": -1, "upper": 9}]}, (), 30),
        (2.65, 0.0004, {"kind": "box-cox", "lambda": -0.29}, (), 30), (0.2, 0.01, {"kind": "box-cox", "lambda": -0.5}, (), 16),
    ]:
        s = sqrt(mpf(v))
        points = sorted({mpf(m) + s * k for k in range(-30, reach + 1)} | {mpf(k) for k in kinks})
        add("normal-moments", "integrals of back(x) and (back(x)-mean)^2 over the density, 30 standard deviations either side (fewer before a Box-Cox edge)", {"mean": m, "variance": v, "transform": t}, moments(lambda x: npdf((x - m) / s) / s, t, points))
    for m, s, nu, t, kinks in [(2, 0.5, 9, {"kind": "box-cox", "lambda": 0.5}, (-2,)), (0, 1, 3.5, {"kind": "bounded", "lower": 0, "upper": 1}, ()), (3, 0.1, 200, {"kind": "box-cox", "lambda": 0.25}, (-4,))]:
        points = [-INF] + sorted({mpf(m) + s * side * d for side in (-1, 1) for d in (0, 2, 5, 10, 30, 100, 1000)} | {mpf(k) for k in kinks}) + [INF]
        add("t-moments", "the same for Student's t, over the whole line", {"location": m, "scale": s, "df": nu, "transform": t}, moments(lambda x: exp(t_log_density((x - m) / mpf(s), mpf(nu))) / s, t, points))


# --- CRPS -------------------------------------------------------------------------------------------------------------
def crps_cases():
    square = lambda f, points: quad(lambda x: f(x) ** 2, points)
    t_cdf = lambda x, nu: (t_tail(-x, nu) if x < 0 else HALF if x == 0 else 1 - t_tail(x, nu))
    for nu, y in [(1, 0), (1, 3)]:
        cdf = lambda x: atan(x) / pi + HALF
        add("crps-t", "integral of (F-1{x>=y})^2", {"df": nu, "y": y}, square(cdf, [-INF, -1000, -10, y]) + square(lambda x: cdf(-x), [y, y + 10, 1000, INF]))
    for nu, y in [(2, 0.7), (5, -2), (30, 1)]:
        # E|T-y| - E|T-T'|/2 with the mean distance of two draws as an integral of F(1-F)
        f = lambda x: exp(t_log_density(mpf(x), mpf(nu)))
        distance = quad(lambda x: abs(x - y) * f(x), [-INF, -1000, -100, -10] + sorted({mpf(-2), mpf(0), mpf(2), mpf(y)}) + [10, 100, 1000, INF])
        closed = 2 * sqrt(mpf(nu)) / (nu - 1) * exp(log_beta(HALF, nu - HALF) - 2 * log_beta(HALF, mpf(nu) / 2))
        add("crps-t", "E|T-y| by quadrature - 2 sqrt(df)/(df-1) B(1/2,df-1/2)/B(1/2,df/2)^2", {"df": nu, "y": y}, distance - closed)
    mix = lambda x: (ncdf(x) + ncdf((x - 4) * 10)) / 2
    for y, points in [(2, [3, 3.5, 4, 4.5, 5, 10, INF]), (4, [4.2, 4.5, 5, 10, INF])]:
        add("crps-mixture", "integral for the equal mixture of N(0,1) and N(4,0.01)", {"y": y}, square(mix, [-INF, -5, 0, 2] + ([3, 3.5, 4] if y == 4 else [])) + square(lambda x: 1 - mix(x), [y] + points))
    for m, s, y in [(0, 1, 2), (2, 0.3, 5), (0, 0.5, -1)]:
        w = (log(mpf(y)) - m) / mpf(s) if y > 0 else -INF
        add("crps-lognormal", "y(2F(y)-1)-2exp(m+s^2/2)(Phi(w-s)+Phi(s/sqrt 2)-1), w=(log y-m)/s", {"mu": m, "sigma": s, "y": y}, y * (2 * ncdf(w) - 1) - 2 * exp(m + mpf(s) ** 2 / 2) * (ncdf(w - s) + ncdf(s / sqrt(mpf(2))) - 1))


def main(out):
    mp.dps = 40
    r = random.Random(20240601)
    normal_cases(r); gamma_cases(r); beta_cases(r); t_cases(r); count_cases(r); rule_cases(); moment_cases(); crps_cases()
    notes = ["computed in 40 to 500 digits and rounded once: compare at 1e-12 relative (digamma absolute near its root); inputs are exact doubles",
             "negative binomial: variance = mean + alpha*mean^2; gauss-hermite is for the standard normal weight, gauss-legendre for [-1,1]",
             "transforms: forward leads from the data's scale to the model's, moments are those of the inverse; a single upper bound is upper-exp(-x)"]
    with open(os.path.join(out, "distributions.json"), "w") as h:
        json.dump({"file": "distributions.json", "generator": "gen-distributions.py", "versions": {"mpmath": mpmath.__version__}, "notes": notes, "cases": cases}, h)
    print("distributions.json", len(cases))


if __name__ == "__main__":
    main(sys.argv[1])
