# XGBoost, grown leaf by leaf on histograms, as a peer (Python only because the peer is; see serve.py).
# Its softmax hessian is 2 p (1 - p); lambda stays 1 and min_child_weight 1, as its users have them: it has no least number of rows.
import numpy
import xgboost

from serve import scaled_rate, serve


class Engine:
    version = xgboost.__version__
    layout = (numpy.float32, "C")

    def fit(self, X, y, job, seed):
        params = {
            "objective": "multi:softprob",
            "num_class": 3,
            "eta": scaled_rate(job, 2.0),
            "tree_method": "hist",
            "grow_policy": "lossguide",
            "max_leaves": job["leaves"],
            "max_depth": 0,
            "max_bin": job["maxBin"],
            "nthread": 1,
            "seed": seed,
            "verbosity": 0,
        }
        return xgboost.train(params, xgboost.DMatrix(X, y, nthread=1), num_boost_round=job["rounds"])

    def predict(self, model, X):
        return model.inplace_predict(X)


serve(Engine())
