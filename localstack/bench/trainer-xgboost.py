"""The trainer beside XGBoost: interleaved fits of `npm run bench:trainer` and xgboost on the same matrix, ratios of the medians.

    python3 -m venv /tmp/xgb && /tmp/xgb/bin/pip install xgboost-cpu scikit-learn pandas
    /tmp/xgb/bin/python localstack/bench/trainer-xgboost.py --matrix features.csv.gz [--pairs 5] [--threads 2] [--rows-times 1]

Settings of both: hist, 700 rounds, eta .05, depth 4, min_child_weight 10, subsample .8, colsample .5, lambda 5. XGBoost takes the
numbers in the file; binning is inside both times, reading the file in neither.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys
import time

FIT = """
import json, sys, time, resource, os
import numpy as np, pandas as pd, xgboost as xgb
from sklearn.metrics import log_loss, roc_auc_score
matrix, threads, rounds, seed, times, leave = sys.argv[1], *map(int, sys.argv[2:6]), sys.argv[6]
meta = json.load(open(os.path.join(os.path.dirname(matrix), "features_meta.json")))
names = [n for n in meta["order"] if leave == "all" or not n.startswith("hist_")]
rows = pd.read_csv(matrix)
rows = rows[rows.eligible == 1]
part = {s: (rows.loc[rows.split == s, names].to_numpy(np.float32), rows.loc[rows.split == s, "label"].to_numpy()) for s in ("train", "test")}
x, y = (np.repeat(a, times, axis=0) for a in part["train"])
start = time.perf_counter()
data = xgb.QuantileDMatrix(x, label=y, nthread=threads)
settings = dict(tree_method="hist", objective="binary:logistic", eta=.05, max_depth=4, min_child_weight=10, subsample=.8,
                colsample_bytree=.5, reg_lambda=5, nthread=threads, seed=seed)
model = xgb.train(settings, data, rounds)
seconds = time.perf_counter() - start
xt, yt = part["test"]
p = model.predict(xgb.DMatrix(xt, nthread=threads))
print(json.dumps(dict(fit_seconds=round(seconds, 3), auroc_test=round(roc_auc_score(yt, p), 4), log_loss_test=round(log_loss(yt, p), 5),
                      peak_rss_mb=round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))))
"""


def last_json(command):
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return json.loads(out.strip().splitlines()[-1])


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--matrix", required=True)
    arguments.add_argument("--pairs", type=int, default=5)
    arguments.add_argument("--threads", type=int, default=2)
    arguments.add_argument("--rounds", type=int, default=700)
    arguments.add_argument("--rows-times", type=int, default=1)
    arguments.add_argument("--columns", choices=["no-history", "all"], default="no-history")
    arguments.add_argument("--categories", choices=["native", "ordinal"], default="native")
    a = arguments.parse_args()
    here = os.path.dirname(os.path.abspath(__file__))
    ours, theirs = [], []
    for pair in range(a.pairs):
        seed = str(pair + 1)
        shared = [str(a.threads), str(a.rounds), seed, str(a.rows_times), a.columns]
        theirs.append(last_json([sys.executable, "-c", FIT, a.matrix, *shared]))
        ours.append(last_json(["node", os.path.join(here, "trainer.ts"), "--matrix", a.matrix, "--threads", str(a.threads), "--rounds", str(a.rounds),
                               "--seed", seed, "--rows-times", str(a.rows_times), "--columns", a.columns, "--categories", a.categories]))
        print(json.dumps(dict(seed=pair + 1, xgboost=theirs[-1], readmit=ours[-1])), file=sys.stderr)
    median = lambda runs, key: statistics.median(run[key] for run in runs)
    mean = lambda runs, key: statistics.mean(run[key] for run in runs)
    print(json.dumps(dict(
        pairs=a.pairs, threads=a.threads, rounds=a.rounds, rows_times=a.rows_times, columns=a.columns, categories=a.categories,
        time_ratio=round(median(ours, "fit_seconds") / median(theirs, "fit_seconds"), 3),
        fit_seconds=dict(readmit=median(ours, "fit_seconds"), xgboost=median(theirs, "fit_seconds")),
        auroc_test=dict(readmit=round(mean(ours, "auroc_test"), 4), xgboost=round(mean(theirs, "auroc_test"), 4)),
        log_loss_test=dict(readmit=round(mean(ours, "log_loss_test"), 5), xgboost=round(mean(theirs, "log_loss_test"), 5)),
        peak_rss_mb=dict(readmit=max(run["peak_rss_mb"] for run in ours), xgboost=max(run["peak_rss_mb"] for run in theirs)))))


if __name__ == "__main__":
    main()
