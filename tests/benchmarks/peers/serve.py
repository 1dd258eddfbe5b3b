# The loop of a peer: one JSON request per line on standard input, one answer per line on standard output.
# The only Python of this repository: the libraries that we measure ourselves against are used as their users use them.
# Nothing of the product, and no test that must pass, needs it. contenders/serve-contender.ts is the same loop in TypeScript.
import gc
import json
import os
import resource
import statistics
import sys
import time

import numpy

WARM_UP_SECONDS = 3.0  # as in contenders/serve-contender.ts
MOST_WARM_UPS = 15

OUR_HESSIAN_FACTOR = 1.5  # classes / (classes - 1), LightGBM's and ours; see scaled_rate


def scaled_rate(job, factor):
    """The learning rate that makes the same steps with a softmax hessian of factor * p * (1 - p)."""
    return job["learningRate"] * factor / OUR_HESSIAN_FACTOR


class Meter:
    """Peak memory since the last start, where the kernel can set it back (Linux); else of the whole process."""

    def __init__(self):
        self.loaded = 0.0

    def start(self):
        self.loaded = self.status("VmRSS") or 0.0
        try:
            with open("/proc/self/clear_refs", "w") as file:
                file.write("5")
        except OSError:
            pass

    def status(self, name):
        try:
            with open("/proc/self/status") as file:
                for line in file:
                    if line.startswith(name + ":"):
                        return int(line.split()[1]) / 1024
        except OSError:
            pass
        return None

    def read(self):
        peak = self.status("VmHWM") or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        return {"loadedMb": self.loaded, "peakMb": max(self.loaded, peak)}  # the kernel counts pages per core and adds up late


def timed(work):
    cpu, wall = time.process_time(), time.perf_counter()
    result = work()
    wall = time.perf_counter() - wall
    return {"cpuSeconds": time.process_time() - cpu, "wallSeconds": wall}, result


class Peer:
    """`engine` has version, layout (dtype, order), fit(X, y, job, seed) and predict(model, X) -> [rows, classes]."""

    def __init__(self, engine):
        self.engine = engine
        self.meter = Meter()
        self.probabilities = None

    def hello(self, request):
        return {"version": self.engine.version}

    def load(self, request):
        folder = request["folder"]
        with open(os.path.join(folder, "problem.json")) as file:
            self.problem = json.load(file)
        width = len(self.problem["names"])
        dtype, order = self.engine.layout

        def matrix(name, rows):
            columns = numpy.fromfile(os.path.join(folder, name), dtype="<f8").reshape(width, rows)
            return numpy.array(columns.T, dtype=dtype, order=order)

        self.X = matrix("train.f64", self.problem["rows"])
        self.test = matrix("test.f64", self.problem["testRows"])
        self.y = numpy.fromfile(os.path.join(folder, "train.u8"), dtype=numpy.uint8).astype(numpy.int32)
        return {}

    def prepare(self, request):
        self.job = request["job"]
        rows = min(self.job["warmUpRows"], len(self.X))
        if self.job["action"].startswith("fit"):
            end = time.perf_counter() + WARM_UP_SECONDS
            fits = 0
            while rows > 0 and (fits == 0 or (fits < MOST_WARM_UPS and time.perf_counter() < end)):
                self.engine.fit(self.X[:rows], self.y[:rows], self.job, 0)
                fits += 1
        else:
            self.model = self.engine.fit(self.X, self.y, self.job, 0)
            self.measure(0)
        return {}

    def run(self, request):
        gc.collect()
        self.meter.start()
        return self.measure(request["seed"])

    def measure(self, seed):
        self.probabilities = None
        return getattr(self, "measure_" + self.job["action"].replace("-", "_"))(seed)

    def measure_fit(self, seed):
        timing, self.model = timed(lambda: self.engine.fit(self.X, self.y, self.job, seed))
        return timing

    def measure_fit_folds(self, seed):
        timings, predicted = [], []
        for fold in self.problem["folds"]:
            rows = slice(fold["trainFrom"], fold["trainTo"] + 1)
            timing, model = timed(lambda: self.engine.fit(self.X[rows], self.y[rows], self.job, seed))
            timings.append(timing)
            predicted.append(self.engine.predict(model, self.X[fold["testFrom"] : fold["testTo"] + 1]))
        self.probabilities = numpy.concatenate(predicted)
        return {name: statistics.median(one[name] for one in timings) for name in ("cpuSeconds", "wallSeconds")}

    def measure_predict_batch(self, seed):
        rows = numpy.arange(self.job["predictRows"]) % len(self.X)
        batch = numpy.asarray(self.X[rows], order=self.engine.layout[1])
        return timed(lambda: self.engine.predict(self.model, batch))[0]

    def measure_predict_one(self, seed):
        calls = self.job["calls"]
        count = min(1000, calls, len(self.test))
        rows = [numpy.ascontiguousarray(self.test[i : i + 1]) for i in range(count)]
        walls = []

        def work():
            for call in range(calls):
                start = time.perf_counter()
                self.engine.predict(self.model, rows[call % count])
                walls.append(time.perf_counter() - start)

        timing, _ = timed(work)
        return {"cpuSeconds": timing["cpuSeconds"] / calls, "wallSeconds": statistics.median(walls)}

    def score(self, request):
        predicted = self.engine.predict(self.model, self.test) if self.probabilities is None else self.probabilities
        numpy.ascontiguousarray(predicted, dtype="<f8").tofile(request["file"])
        return {}

    def memory(self, request):
        return self.meter.read()


def serve(engine):
    """Answers until the input ends. What libraries print goes to standard error."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    peer = Peer(engine)
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = getattr(peer, request["command"])(request)
        except Exception as error:  # an error is an answer, not the end
            answer = {"error": f"{type(error).__name__}: {error}"}
        answers.write(json.dumps({"id": request["id"], **answer}) + "\n")
        answers.flush()
