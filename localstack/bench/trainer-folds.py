"""XGBoost and LightGBM on the rows, features and folds that trainer-folds.ts wrote, stopping early on the same patients.

    python3 -m venv /tmp/peers && /tmp/peers/bin/pip install xgboost-cpu lightgbm scikit-learn pandas
    /tmp/peers/bin/python localstack/bench/trainer-folds.py FOLDS.csv [threads]
"""
import json
import sys

import lightgbm as lgb
import numpy as np
import pandas as pd
import xgboost as xgb
from sklearn.metrics import log_loss, roc_auc_score

rows = pd.read_csv(sys.argv[1])
threads = int(sys.argv[2]) if len(sys.argv) > 2 else 2
fold, stopping, label = rows.pop("fold").to_numpy(), rows.pop("stopping").to_numpy() == 1, rows.pop("label").to_numpy()
categories = [c for c in rows if c.startswith("category:")]
native = rows.copy()
for c in categories:
    native[c] = pd.Categorical.from_codes(native[c].fillna(-1).astype(int), np.arange(int(native[c].max()) + 1))
one_hot = pd.get_dummies(native, columns=categories, dtype=np.float32).astype(np.float32)
one_hot.columns = [f"f{i}" for i in range(one_hot.shape[1])]
native.columns = [f"f{i}" for i in range(native.shape[1])]


def fit_xgboost(x, train, stop, test):
    settings = dict(tree_method="hist", objective="binary:logistic", eta=.05, max_depth=4, min_child_weight=10, subsample=.8,
                    colsample_bytree=.5, reg_lambda=5, nthread=threads, seed=1, eval_metric="logloss")
    data = {name: xgb.DMatrix(x[rows_], label=label[rows_], enable_categorical=True, nthread=threads)
            for name, rows_ in dict(train=train, stop=stop, test=test).items()}
    model = xgb.train(settings, data["train"], 1500, evals=[(data["stop"], "stop")], early_stopping_rounds=50, verbose_eval=False)
    return model.predict(data["test"], iteration_range=(0, model.best_iteration + 1)), model.best_iteration + 1


def fit_lightgbm(x, train, stop, test):
    settings = dict(objective="binary", learning_rate=.05, num_leaves=15, min_data_in_leaf=100, lambda_l2=5, bagging_fraction=.8, bagging_freq=1,
                    feature_fraction=.5, num_threads=threads, seed=1, verbose=-1)
    data = lgb.Dataset(x[train], label[train])
    model = lgb.train(settings, data, 1500, valid_sets=[lgb.Dataset(x[stop], label[stop], reference=data)],
                      callbacks=[lgb.early_stopping(50, verbose=False)])
    return model.predict(x[test], num_iteration=model.best_iteration), model.best_iteration


for name, fit, x in [("XGBoost, native categories", fit_xgboost, native), ("XGBoost, one-hot", fit_xgboost, one_hot),
                     ("LightGBM, native categories", fit_lightgbm, native), ("LightGBM, one-hot", fit_lightgbm, one_hot)]:
    scores = []
    for k in range(5):
        test = fold == k
        p, rounds = fit(x, ~test & ~stopping, ~test & stopping, test)
        scores.append((roc_auc_score(label[test], p), log_loss(label[test], p), rounds))
    auroc, loss, rounds = map(list, zip(*scores))
    print(json.dumps(dict(model=name, auroc=np.mean(auroc), auroc_sd=np.std(auroc, ddof=1), log_loss=np.mean(loss), log_loss_sd=np.std(loss, ddof=1), rounds=rounds)), flush=True)
