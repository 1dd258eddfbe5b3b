# scikit-learn as a peer: HistGradientBoosting, random forest, extra trees (Python only because the peer is; see serve.py).
# The softmax hessian of HistGradientBoosting is p (1 - p).
import sys

import numpy
import sklearn
from sklearn.ensemble import ExtraTreesClassifier, HistGradientBoostingClassifier, RandomForestClassifier

from serve import scaled_rate, serve


class Engine:
    version = sklearn.__version__

    def __init__(self, is_forest):
        # forests keep 32-bit floats, HistGradientBoosting bins columns of doubles
        self.layout = (numpy.float32, "C") if is_forest else (numpy.float64, "F")

    def fit(self, X, y, job, seed):
        if job["model"] != "gbdt":
            kind = RandomForestClassifier if job["model"] == "forest" else ExtraTreesClassifier
            return kind(n_estimators=job["trees"], n_jobs=1, random_state=seed).fit(X, y)
        return HistGradientBoostingClassifier(
            max_iter=job["rounds"],
            learning_rate=scaled_rate(job, 1.0),
            max_leaf_nodes=job["leaves"],
            min_samples_leaf=job["minDataInLeaf"],
            max_bins=job["maxBin"],
            early_stopping=False,
            random_state=seed,
        ).fit(X, y)

    def predict(self, model, X):
        return model.predict_proba(X)


serve(Engine(is_forest=sys.argv[1] == "forest"))
