# LightGBM as a peer (Python only because the peer is; see serve.py). One thread; the softmax hessian is scaled as ours is.
import lightgbm
import numpy

from serve import scaled_rate, serve


class Engine:
    version = lightgbm.__version__
    layout = (numpy.float64, "C")

    def fit(self, X, y, job, seed):
        params = {
            "objective": "multiclass",
            "num_class": 3,
            "learning_rate": scaled_rate(job, 1.5),
            "num_leaves": job["leaves"],
            "max_bin": job["maxBin"],
            "min_data_in_leaf": job["minDataInLeaf"],
            "num_threads": 1,
            "seed": seed,
            "verbosity": -1,
        }
        return lightgbm.train(params, lightgbm.Dataset(X, y), num_boost_round=job["rounds"])

    def predict(self, model, X):
        return model.predict(X, num_threads=1)


serve(Engine())
