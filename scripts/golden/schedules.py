"""Learning rates of Keras' and PyTorch's schedules, what their callbacks do on made-up validations, and where they stop.

Run it where Keras is, and again where PyTorch is: each adds its own part to test/golden/schedules.json.
"""

import json
from pathlib import Path

PATH = Path(__file__).resolve().parents[2] / "test" / "golden" / "schedules.json"
STEPS = 40
HISTORIES = [
    [0.7, 0.6, 0.61, 0.62, 0.59, 0.6, 0.6, 0.6, 0.6, 0.6, 0.58, 0.7, 0.7],
    [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5],
    [0.9, 0.895, 0.89, 0.885, 0.88, 0.875, 0.87],
    [0.4, 0.5, 0.3, 0.5, 0.2, 0.5, 0.1, 0.5, 0.5],
]


def keras_part():
    import keras

    def rates(schedule):
        return [float(schedule(step)) for step in range(STEPS)]

    schedules = keras.optimizers.schedules
    cosine = [
        {"base": 0.01, "final": final, "warmupSteps": 0, "rates": rates(schedules.CosineDecay(0.01, STEPS, alpha=final))}
        for final in (0.0, 0.1)
    ]
    # Keras' warm-up starts from a rate of 0, and takes one step with it; ours begins with the step after that.
    warm = schedules.CosineDecay(0.0, STEPS - 8, alpha=0.05, warmup_target=0.01, warmup_steps=8)
    warmed = [float(warm(step + 1 if step < 8 else step)) for step in range(STEPS)]
    cosine.append({"base": 0.01, "final": 0.05, "warmupSteps": 8, "rates": warmed})
    linear = schedules.PolynomialDecay(0.02, STEPS, end_learning_rate=0.002, power=1.0)
    exponential = schedules.ExponentialDecay(0.03, decay_steps=7, decay_rate=0.6)
    plateaus, stops = [], []
    for history in HISTORIES:
        for patience, min_delta, cooldown in [(1, 0.0, 0), (2, 0.0, 0), (2, 0.0, 2), (2, 0.01, 1), (3, 0.006, 0)]:
            settings = {"patience": patience, "minDelta": min_delta}
            plateaus.append(
                {"history": history, **settings, "cooldown": cooldown, "rates": plateau(keras, history, settings, cooldown)}
            )
            if cooldown == 0:
                stops.append({"history": history, **settings, "stopsAfter": stop(keras, history, settings)})
    return {
        "cosine": cosine,
        "linear": [{"base": 0.02, "final": 0.1, "rates": rates(linear)}],
        "exponential": [{"base": 0.03, "decay": 0.6, "epochSteps": 7, "rates": rates(exponential)}],
        "plateau": {"base": 0.1, "factor": 0.5, "minimum": 0.004, "cases": plateaus},
        "earlyStopping": stops,
        "steps": STEPS,
        "keras": keras.__version__,
    }


def model_of(keras):
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.SGD(0.1), loss="mse")
    return model


def plateau(keras, history, settings, cooldown):
    callback = keras.callbacks.ReduceLROnPlateau(
        factor=0.5, patience=settings["patience"], min_delta=settings["minDelta"], cooldown=cooldown, min_lr=0.004
    )
    callback.set_model(model_of(keras))
    callback.on_train_begin()
    rates = []
    for epoch, figure in enumerate(history):
        callback.on_epoch_end(epoch, {"val_loss": figure})
        rates.append(float(callback.model.optimizer.learning_rate))
    return rates


def stop(keras, history, settings):
    callback = keras.callbacks.EarlyStopping(patience=settings["patience"], min_delta=settings["minDelta"], mode="min")
    callback.set_model(model_of(keras))
    callback.on_train_begin()
    for epoch, figure in enumerate(history):
        callback.on_epoch_end(epoch, {"val_loss": figure})
        if callback.model.stop_training:
            return epoch + 1
    return None


def torch_part():
    import torch

    cycles = []
    for rise, start, final in [(0.3, 25.0, 1e4), (0.25, 10.0, 100.0)]:
        optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.1)
        schedule = torch.optim.lr_scheduler.OneCycleLR(
            optimizer, max_lr=0.05, total_steps=STEPS, pct_start=rise, div_factor=start, final_div_factor=final
        )
        rates = []
        for _ in range(STEPS):
            rates.append(schedule.get_last_lr()[0])
            optimizer.step()
            schedule.step() if len(rates) < STEPS else None
        cycles.append({"base": 0.05, "rise": rise, "startDivisor": start, "finalDivisor": final, "rates": rates})
    return {"oneCycle": cycles, "torch": torch.__version__}


if __name__ == "__main__":
    content = json.loads(PATH.read_text()) if PATH.exists() else {}
    for part in (keras_part, torch_part):
        try:
            content.update(part())
        except ModuleNotFoundError as error:
            print(f"left as it was: {error}")
    PATH.write_text(json.dumps(content, indent=1) + "\n")
