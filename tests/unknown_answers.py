"""Wrong answers that are on nobody's file, written by what each exercise asks for alone.

Each is what replaces "Your code here", by the lesson's topic and the exercise.
"""

_TABLE = """\
    table = np.zeros((n, n_classes), dtype="float32")
    for i, label in enumerate(labels):
        table[i, {}] = {}
    return table"""

_SHARES = """\
    parts = {}
    return parts / parts.sum(axis=1, keepdims=True)"""

_SQUARED = """\
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return (powers / powers.sum(axis=1, keepdims=True)) ** 2"""

_WINDOWS = """\
    for row in range(n_rows):
        for column in range(n_columns):
            top, left = row * stride, column * stride
            window = image[top : top + side, left : left + side]
            output[row, column] = {}
    return output"""

_SOME_LAYERS = """\
    total = 0
    for layer in layers:
        if layer[0] == "dense":
            total += layer[1] ** 2
        if layer[0] == "conv":
            total += layer[1] * layer[2]
    return total"""

UNKNOWN = {
    "one_hot_encoding": {
        "one_hot_row": [
            "    row[label // 2] = 1\n    return row",
            "    row[label] = 1\n    row[-1] += 1\n    return row",
            "    row[:] = label\n    return row",
            "    row[label] = label + 1\n    return row",
            "    row[(label * 3 + 1) % n_classes] = 1\n    return row",
        ],
        "one_hot": [
            _TABLE.format("label", "i + 1"),
            _TABLE.format("(label + i) % n_classes", "1"),
            _TABLE.format("label - i", "1"),
            "    return np.eye(n_classes, dtype='float32')[labels] * n",
        ],
        "is_one_hot": [
            "    return bool((table[0] == table[0] ** 2).all())",
            "    return bool(table.std() > 0.4)",
        ],
    },
    "activations": {
        "bent_network": [
            "    return np.abs(inputs @ weights + biases) @ output_weights",
            "    return np.maximum(inputs @ weights + biases, 0.5) @ output_weights",
            "    return (inputs @ weights + biases) ** 2 @ output_weights",
            "    return np.sin(inputs @ weights + biases) @ output_weights",
            "    return np.maximum(inputs @ weights * biases, 0) @ output_weights",
        ],
        "softmax": [
            _SHARES.format("logits - logits.min(axis=1, keepdims=True) + 1"),
            _SHARES.format("logits.argsort(axis=1).argsort(axis=1) + 1"),
            _SHARES.format("np.exp(-((logits - logits.max(axis=1, keepdims=True)) ** 2))"),
            _SQUARED,
        ],
        "cross_entropy_from_logits": [
            "    return (np.logaddexp.reduce(logits) - logits[label]) ** 2",
            "    return float(len(logits) * label)",
        ],
    },
    "convolution": {
        "output_size": [
            "    return room // stride + stride",
            "    return round(n / stride)",
            "    return room // (stride + 1) + 1",
            "    return abs(n - kernel_size * stride) + 1",
            "    return (room + kernel_size) // stride",
        ],
        "convolve": [
            _WINDOWS.format("(window * kernel).max()"),
            _WINDOWS.format("window.sum() * kernel.sum()"),
            _WINDOWS.format("(window + kernel).sum()"),
            _WINDOWS.format("(window * kernel)[0].sum()"),
        ],
        "network_parameters": [
            "    return sum(layer[1] for layer in layers if len(layer) > 1)",
            "    return int(np.prod(input_shape)) * len(layers)",
            _SOME_LAYERS,
        ],
    },
}
